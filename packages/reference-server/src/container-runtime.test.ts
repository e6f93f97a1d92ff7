import { RuntimeDouble, type RuntimeFault } from "@kubelet-conformance/cri/double";
import { expect, onTestFinished, test } from "vitest";
import { greetRuntime } from "./container-runtime.ts";
import { createRuntimeOperations } from "./metrics/runtime-operations.ts";

/** What becomes of a kubelet of this minor on a runtime with this fault, and how often it asked for RuntimeConfig. */
async function greet(fault: RuntimeFault | undefined, minor = "1.36"): Promise<{ outcome: unknown; asked: number }> {
  const double = new RuntimeDouble();
  onTestFinished(() => double.close());
  if (fault !== undefined) double.faults.add(fault);
  const outcome = await greetRuntime(double.client(), createRuntimeOperations(), { minor, timeScale: 1000 }).catch(
    (error: unknown) => error,
  );
  return { outcome, asked: double.counts.get("RuntimeConfig") ?? 0 };
}

test.each<[RuntimeFault, string]>([
  ["v1alpha2-only", "unknown service runtime.v1.RuntimeService"],
  ["image-fs-info-unimplemented", "unknown method ImageFsInfo"],
  ["version-empty", "not all fields are set in VersionResponse"],
  ["version-other", "runtime api version 0.2.0 is not supported"],
  ["runtime-config-unknown-driver", "unknown cgroup driver 7"],
])("a runtime with %s is refused", async (fault, message) => {
  expect((await greet(fault)).outcome).toMatchObject({ code: "KUBELET_RUNTIME", message: expect.stringContaining(message) });
});

test("RuntimeConfig is asked for three times when it fails, once when it is not known, and not at all before 1.31", async () => {
  expect(await greet("runtime-config-failing")).toMatchObject({ outcome: { code: "KUBELET_RUNTIME" }, asked: 3 });
  expect(await greet("runtime-config-unimplemented")).toMatchObject({ outcome: { name: "containerd", cgroupDriver: undefined }, asked: 1 });
  expect(await greet("runtime-config-systemd")).toMatchObject({ outcome: { cgroupDriver: "systemd" }, asked: 1 });
  expect(await greet("runtime-config-systemd", "1.30")).toMatchObject({ outcome: { cgroupDriver: undefined }, asked: 0 });
});
