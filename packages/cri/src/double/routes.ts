import type { ConnectRouter, ConnectRouterOptions, Interceptor, ServiceImpl } from "@connectrpc/connect";
import { ImageService, RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import type { CallLog } from "../grpc/calls.ts";
import { checkpointMethods, unreachable, type CheckpointSettings } from "./checkpoint.ts";
import { eventMethods } from "./container-events.ts";
import { containerMethods } from "./containers.ts";
import { unknownMethod, unknownService } from "../grpc/unknown.ts";
import { execMethods } from "./exec.ts";
import { imageMethods } from "./images.ts";
import { metricMethods } from "./metrics.ts";
import { nodeMethods } from "./node.ts";
import { podCheckpointMethods } from "./pod-checkpoint.ts";
import { podStatsMethods } from "./pod-stats.ts";
import type { RuntimeFault } from "./runtime-faults.ts";
import { sandboxMethods } from "./sandboxes.ts";
import type { RuntimeState } from "./state.ts";
import { statsMethods } from "./stats.ts";
import { streamingMethods } from "./streaming/methods.ts";
import type { StreamingServer } from "./streaming/server.ts";

/** What the services need of the double they serve. */
export interface Served extends CheckpointSettings {
  readonly state: RuntimeState;
  readonly log: CallLog;
  readonly runtimeVersion: string;
  readonly faults: ReadonlySet<RuntimeFault>;
  readonly streaming: StreamingServer;
}

/** Which of them a router speaks. */
export type Protocols = Pick<ConnectRouterOptions, "connect" | "grpc" | "grpcWeb">;

/** Both CRI services. */
export interface Services {
  readonly runtime: Partial<ServiceImpl<typeof RuntimeService>>;
  readonly image: Partial<ServiceImpl<typeof ImageService>>;
  readonly interceptors: Interceptor[];
}

/** What answers; a method left out answers as grpc-go answers for a method it does not know. */
export function servicesOf(served: Served): Services {
  const { state, log, runtimeVersion, faults, streaming } = served;
  const runtime = {
    ...nodeMethods(runtimeVersion, faults),
    ...sandboxMethods(state),
    ...containerMethods(state, served),
    ...eventMethods(state),
    ...statsMethods(state),
    ...podStatsMethods(state),
    ...metricMethods(state),
    ...execMethods(state),
    ...streamingMethods(state, streaming),
    ...checkpointMethods(state, served),
    ...podCheckpointMethods(state),
  };
  const image = imageMethods(state.images, faults);
  const known = new Set([...Object.keys(runtime), ...Object.keys(image)]);

  const reach: Interceptor = (next) => async (request) => {
    const error = unreachable(served);
    if (error !== undefined) throw error;
    return next(request);
  };
  const know: Interceptor = (next) => async (request) => {
    if (faults.has("v1alpha2-only")) throw unknownService(request.service.typeName);
    if (known.has(request.method.localName)) return next(request);
    throw unknownMethod(request.method.name, request.service.typeName);
  };
  return { runtime, image, interceptors: [reach, log.interceptor, know] };
}

/** Registers them, by default in every protocol. */
export function defineRoutes(router: ConnectRouter, { runtime, image, interceptors }: Services, protocols: Protocols = {}): void {
  // They count for these services, whatever the router says.
  const options = { ...protocols, interceptors };
  router.service(RuntimeService, runtime, options).service(ImageService, image, options);
}
