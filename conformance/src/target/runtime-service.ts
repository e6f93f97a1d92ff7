import {
  grpcErrorCode,
  grpcErrorText,
  type GrpcCodeName,
  type ListImagesResponse,
  type RuntimeClient,
  type RuntimeConfigResponse,
  type StatusResponse,
  type VersionResponse,
} from "@kubelet-conformance/cri";

/** What a runtime answered, or how it refused. */
export type RuntimeAnswer<T> = { answer: T } | { code: GrpcCodeName; text: string };

/** The runtime under a kubelet, asked what changes nothing. */
export interface RuntimeServiceProbe {
  version(signal: AbortSignal): Promise<RuntimeAnswer<VersionResponse>>;
  status(signal: AbortSignal): Promise<RuntimeAnswer<StatusResponse>>;
  runtimeConfig(signal: AbortSignal): Promise<RuntimeAnswer<RuntimeConfigResponse>>;
  listImages(signal: AbortSignal): Promise<RuntimeAnswer<ListImagesResponse>>;
  /** Asks for a checkpoint of a container that there is not. */
  checkpointOfNothing(signal: AbortSignal): Promise<RuntimeAnswer<object>>;
  /** Asks for a checkpoint of a pod that there is not. */
  podCheckpointOfNothing(signal: AbortSignal): Promise<RuntimeAnswer<object>>;
  /** Asks for a pod of a checkpoint that there is not. */
  podRestoreOfNothing(signal: AbortSignal): Promise<RuntimeAnswer<object>>;
}

/** Of the form that ids have, and nobody's. */
const absentId = "kubelet-conformance-absent".padEnd(64, "0");
const absentPath = "/kubelet-conformance-absent";
const limitMs = 10_000;

export function runtimeServiceProbe({ runtime, image }: Pick<RuntimeClient, "runtime" | "image">): RuntimeServiceProbe {
  const ask = async <T>(call: (options: { signal: AbortSignal; timeoutMs: number }) => Promise<T>, signal: AbortSignal) =>
    call({ signal, timeoutMs: limitMs }).then(
      (answer): RuntimeAnswer<T> => ({ answer }),
      (error: unknown): RuntimeAnswer<T> => {
        signal.throwIfAborted();
        return { code: grpcErrorCode(error), text: grpcErrorText(error) };
      },
    );
  return {
    version: (signal) => ask((options) => runtime.version({}, options), signal),
    status: (signal) => ask((options) => runtime.status({}, options), signal),
    runtimeConfig: (signal) => ask((options) => runtime.runtimeConfig({}, options), signal),
    listImages: (signal) => ask((options) => image.listImages({}, options), signal),
    checkpointOfNothing: (signal) =>
      ask((options) => runtime.checkpointContainer({ containerId: absentId, location: "", timeout: 1n }, options), signal),
    podCheckpointOfNothing: (signal) =>
      ask(
        (options) => runtime.checkpointPod({ podSandboxId: absentId, outputPath: absentPath, containerIds: [absentId] }, options),
        signal,
      ),
    podRestoreOfNothing: (signal) => ask((options) => runtime.restorePod({ checkpointPath: absentPath }, options), signal),
  };
}
