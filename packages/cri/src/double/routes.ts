import { Code, ConnectError, type ConnectRouter, type Interceptor } from "@connectrpc/connect";
import { ImageService, RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import type { CallLog } from "./calls.ts";
import { checkpointMethods, unreachable, type CheckpointSettings } from "./checkpoint.ts";
import { containerMethods } from "./containers.ts";
import { execMethods } from "./exec.ts";
import { imageMethods } from "./images.ts";
import { nodeMethods } from "./node.ts";
import { sandboxMethods } from "./sandboxes.ts";
import type { RuntimeState } from "./state.ts";
import { statsMethods } from "./stats.ts";

/** What the services need of the double they serve. */
export interface Served extends CheckpointSettings {
  readonly state: RuntimeState;
  readonly log: CallLog;
  readonly runtimeVersion: string;
}

/** Registers both CRI services; a method left out answers as grpc-go answers for a method it does not know. */
export function defineRoutes(router: ConnectRouter, served: Served): void {
  const { state, log, runtimeVersion } = served;
  const runtime = {
    ...nodeMethods(runtimeVersion),
    ...sandboxMethods(state),
    ...containerMethods(state),
    ...statsMethods(state),
    ...execMethods(state),
    ...checkpointMethods(state, served),
  };
  const image = imageMethods(state.images);
  const known = new Set([...Object.keys(runtime), ...Object.keys(image)]);

  const reach: Interceptor = (next) => async (request) => {
    const error = unreachable(served);
    if (error !== undefined) throw error;
    return next(request);
  };
  const know: Interceptor = (next) => async (request) => {
    if (known.has(request.method.localName)) return next(request);
    throw new ConnectError(`unknown method ${request.method.name} for service ${request.service.typeName}`, Code.Unimplemented);
  };
  const options = { interceptors: [reach, log.interceptor, know] };
  router.service(RuntimeService, runtime, options).service(ImageService, image, options);
}
