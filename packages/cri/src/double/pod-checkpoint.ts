import { existsSync } from "node:fs";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { findContainer } from "./containers.ts";
import { notFound } from "./errors.ts";
import type { RuntimeState } from "./state.ts";

type PodCheckpointMethods = Pick<ServiceImpl<typeof RuntimeService>, "checkpointPod" | "restorePod">;

/** The calls of KEP-5823, as far as their refusals: the double checkpoints no pods, and no kubelet asks for it yet. */
export function podCheckpointMethods(state: RuntimeState): PodCheckpointMethods {
  return {
    checkpointPod({ podSandboxId, containerIds }) {
      if (!state.sandboxes.has(podSandboxId)) throw notFound("sandbox", podSandboxId);
      for (const id of containerIds) findContainer(state, id);
      throw new ConnectError("the runtime double checkpoints no pods", Code.Unimplemented);
    },

    restorePod({ checkpointPath }) {
      if (!existsSync(checkpointPath)) throw new ConnectError(`checkpoint ${checkpointPath}: not found`, Code.NotFound);
      throw new ConnectError("the runtime double restores no pods", Code.Unimplemented);
    },
  };
}
