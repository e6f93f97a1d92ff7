import { randomBytes } from "node:crypto";
import type {
  ContainerConfig,
  ContainerState,
  LinuxContainerResources,
  PodSandboxConfig,
  PodSandboxState,
} from "../generated/runtime/v1/api_pb.ts";
import type { ContainerChanges } from "./container-changes.ts";
import type { HeldImage, ImageStore } from "./image-store.ts";
import type { LogFile } from "./log-file.ts";
import type { RestoredState } from "./restore.ts";
import type { ProgramObserver } from "./run-program.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

/** A pod sandbox of the double. Times are nanoseconds since the epoch. */
export interface SandboxRecord {
  readonly id: string;
  readonly config: PodSandboxConfig;
  readonly runtimeHandler: string;
  readonly createdAt: bigint;
  /** Empty for pods in the host's network. */
  readonly ip: string;
  state: PodSandboxState;
}

/** A container of the double. Times are nanoseconds since the epoch, 0 when not yet reached. */
export interface ContainerRecord {
  readonly id: string;
  readonly sandboxId: string;
  readonly config: ContainerConfig;
  readonly image: HeldImage;
  /** Absolute path of the CRI log; empty when the pod asked for none. */
  readonly logPath: string;
  /** What the archive that it was created from holds. */
  readonly restored?: RestoredState | undefined;
  readonly createdAt: bigint;
  startedAt: bigint;
  finishedAt: bigint;
  state: ContainerState;
  exitCode: number;
  /** `Completed`, `Error`, or why the container could not run. Empty while it runs. */
  reason: string;
  message: string;
  /** As created, or as UpdateContainerResources has set them since. */
  resources: LinuxContainerResources | undefined;
  /** Whether the program is halted: during a checkpoint, or for good after one that left it so. CRI knows no such state. */
  frozen: boolean;
  /** The simulated program, while it runs. */
  program?: SimulatedProcess | undefined;
  /** Who sees what the program prints, and its end. */
  readonly attached: Set<ProgramObserver>;
  /** Its log, while it runs and has one. */
  log?: LogFile | undefined;
}

/** Everything the double knows, by id, oldest first. */
export interface RuntimeState {
  readonly sandboxes: Map<string, SandboxRecord>;
  readonly containers: Map<string, ContainerRecord>;
  readonly images: ImageStore;
  /** Tells of containers that are created, start, end or are removed. */
  readonly changes: ContainerChanges;
}

/** 64 hex digits, as containerd and CRI-O name sandboxes and containers. */
export function newId(): string {
  return randomBytes(32).toString("hex");
}

/** The wall clock in nanoseconds, as CRI counts times. */
export function now(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
}

/** Whether `labels` has every pair of `selector`. */
export function hasLabels(labels: Readonly<Record<string, string>>, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
