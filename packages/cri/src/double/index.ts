/** The runtime double: a CRI runtime of data and simulated programs. */
export { RuntimeDouble, type RuntimeDoubleOptions } from "./runtime-double.ts";
export type { RecordedCall } from "./calls.ts";
export { checkpointOutcomes, type CheckpointBehaviour, type CheckpointOutcome, type CheckpointOutcomeName } from "./checkpoint-outcomes.ts";
export type { ContainerRecord, RuntimeState, SandboxRecord } from "./state.ts";
export type { HeldImage, ImageStore } from "./image-store.ts";
