import { expect, test } from "vitest";
import { requireVisible } from "./needs.ts";
import { kmsgMarker } from "./setup.ts";
import { setupProblem } from "./setup-problem.ts";

test("namespaces that are refused: the message has what each level said, and the way out", async () => {
  const problem = await setupProblem(["root"], [`sh: 1\n${kmsgMarker}`]);
  expect(problem.code).toBe("namespaces-refused");
  expect(problem.message).toMatch(
    /start it with --privileged \(a container needs --device \/dev\/kmsg\).*\(as root: cannot open \/dev\/kmsg\)$/,
  );
});

test.each(["/var/log/kubelet", "/var/lib/kubelet/bin/kubelet"])("%s would be covered, and is refused", (path) => {
  expect(() => requireVisible("the kubelet", path)).toThrow(
    /the kubelet lies in \/var\/(log|lib\/kubelet), which the testbed covers.*copy it elsewhere/,
  );
});

test("a kubelet beside those directories is visible", () => {
  expect(() => requireVisible("the kubelet", "/var/lib/kubelets/kubelet")).not.toThrow();
});
