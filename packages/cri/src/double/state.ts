import { randomBytes } from "node:crypto";
import { ContainerState, PodSandboxState, type ContainerConfig, type PodSandboxConfig } from "../generated/runtime/v1/api_pb.ts";
import type { HeldImage, ImageStore } from "./image-store.ts";
import type { RunningProgram } from "./run-program.ts";

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
  readonly createdAt: bigint;
  startedAt: bigint;
  finishedAt: bigint;
  state: ContainerState;
  exitCode: number;
  /** `Completed`, `Error`, or why the container could not run. Empty while it runs. */
  reason: string;
  message: string;
  /** The simulated program, while it runs. */
  program?: RunningProgram | undefined;
}

/** Everything the double knows, by id, oldest first. */
export interface RuntimeState {
  readonly sandboxes: Map<string, SandboxRecord>;
  readonly containers: Map<string, ContainerRecord>;
  readonly images: ImageStore;
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
