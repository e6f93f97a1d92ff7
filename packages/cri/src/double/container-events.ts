import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { ContainerEventResponseSchema, RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import type { ContainerChange } from "./container-changes.ts";
import { containerStatus } from "./container-messages.ts";
import { containersOf } from "./containers.ts";
import { sandboxStatus } from "./sandboxes.ts";
import { now, type RuntimeState } from "./state.ts";

type EventMethods = Pick<ServiceImpl<typeof RuntimeService>, "getContainerEvents">;
type ContainerEvent = MessageInitShape<typeof ContainerEventResponseSchema>;

/** The events that kubelets with the gate EventedPLEG follow; the stream ends with its caller or with the double. */
export function eventMethods(state: RuntimeState): EventMethods {
  return {
    getContainerEvents(_request, { signal }) {
      let close = (): void => {};
      return new ReadableStream<ContainerEvent>({
        start(controller) {
          close = () => {
            leave();
            signal.removeEventListener("abort", end);
          };
          const end = (): void => {
            close();
            controller.close();
          };
          const leave = state.changes.subscribe((change) => controller.enqueue(describe(state, change)), end);
          signal.addEventListener("abort", end, { once: true });
        },
        cancel: () => close(),
      });
    },
  };
}

/** The event with the pod as it is now: a change is described while it happens. */
function describe(state: RuntimeState, { type, containerId, sandboxId }: ContainerChange): ContainerEvent {
  const sandbox = state.sandboxes.get(sandboxId);
  return {
    containerId,
    containerEventType: type,
    createdAt: now(),
    ...(sandbox && { podSandboxStatus: sandboxStatus(sandbox) }),
    containersStatuses: containersOf(state, sandboxId).map(containerStatus),
  };
}
