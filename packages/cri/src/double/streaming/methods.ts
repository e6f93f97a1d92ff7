import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { ContainerState, ContainerStateSchema, PodSandboxState, type RuntimeService } from "../../generated/runtime/v1/api_pb.ts";
import { findContainer } from "../containers.ts";
import { notFound, unknownError } from "../errors.ts";
import type { RuntimeState } from "../state.ts";
import type { WantedStreams } from "./command-streams.ts";
import type { StreamingServer } from "./server.ts";

type StreamingMethods = Pick<ServiceImpl<typeof RuntimeService>, "exec" | "attach" | "portForward">;

/** The calls that answer with the URL of a streaming server; their checks are containerd's, in its order. */
export function streamingMethods(state: RuntimeState, server: StreamingServer): StreamingMethods {
  return {
    async exec({ containerId, cmd, ...flags }) {
      requireRunning(state, containerId);
      const wanted = wantedStreams(flags, "or");
      return { url: await server.url({ kind: "exec", containerId, cmd, wanted }) };
    },
    async attach({ containerId, ...flags }) {
      requireRunning(state, containerId);
      const wanted = wantedStreams(flags, "and");
      return { url: await server.url({ kind: "attach", containerId, wanted }) };
    },
    async portForward({ podSandboxId, port }) {
      const sandbox = state.sandboxes.get(podSandboxId);
      if (sandbox === undefined) throw notFound("sandbox", podSandboxId);
      if (sandbox.state !== PodSandboxState.SANDBOX_READY) throw unknownError("sandbox container is not running");
      return { url: await server.url({ kind: "portforward", sandboxId: podSandboxId, ports: port }) };
    },
  };
}

function requireRunning(state: RuntimeState, containerId: string): void {
  const record = findContainer(state, containerId);
  if (record.state === ContainerState.CONTAINER_RUNNING) return;
  throw unknownError(`container is in ${ContainerStateSchema.value[record.state]?.name} state`);
}

function wantedStreams({ stdin, stdout, stderr, tty }: WantedStreams, conjunction: "and" | "or"): WantedStreams {
  if (tty && stderr) throw new ConnectError("tty and stderr cannot both be true", Code.InvalidArgument);
  if (!stdin && !stdout && !stderr) {
    throw new ConnectError(`one of stdin, stdout, ${conjunction} stderr must be set`, Code.InvalidArgument);
  }
  return { stdin, stdout, stderr, tty };
}
