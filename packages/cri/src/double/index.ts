/** The runtime double: a CRI runtime of data and simulated programs, in-process or on a unix socket. */
export { RuntimeDouble, type RuntimeDoubleOptions } from "./runtime-double.ts";
export { serveDouble, type ServedDouble } from "./serve.ts";
export { RefusedClientError } from "./refused-client.ts";
export type { RecordedCall } from "../grpc/calls.ts";
export { checkpointOutcomes, type CheckpointBehaviour, type CheckpointOutcome, type CheckpointOutcomeName } from "./checkpoint-outcomes.ts";
export { runtimeFaults, type RuntimeFault } from "./runtime-faults.ts";
export type { ContainerRecord, RuntimeState, SandboxRecord } from "./state.ts";
export type { HeldImage, ImageStore } from "./image-store.ts";
