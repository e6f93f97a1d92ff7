import { tmpdir } from "node:os";
import { afterEach, expect, test } from "vitest";
import { grpcErrorCode } from "../grpc/index.ts";
import { RuntimeDouble } from "./runtime-double.ts";

const double = new RuntimeDouble();
afterEach(() => double.close());

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "OK",
    (error: unknown) => grpcErrorCode(error),
  );
}

test("the calls about whole pods refuse what there is not, and do nothing else", async () => {
  const { runtime } = double.client();
  const { podSandboxId } = await runtime.runPodSandbox({ config: { metadata: { name: "p", uid: "u", namespace: "n", attempt: 0 } } });
  expect([
    await codeOf(runtime.checkpointPod({ podSandboxId: "absent", outputPath: "/absent" })),
    await codeOf(runtime.checkpointPod({ podSandboxId, outputPath: "/absent", containerIds: ["absent"] })),
    await codeOf(runtime.checkpointPod({ podSandboxId, outputPath: "/absent" })),
    await codeOf(runtime.restorePod({ checkpointPath: "/absent" })),
    await codeOf(runtime.restorePod({ checkpointPath: tmpdir() })),
  ]).toEqual(["NotFound", "NotFound", "Unimplemented", "NotFound", "Unimplemented"]);
});
