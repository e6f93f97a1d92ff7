import type { GrpcCodeName } from "../grpc/grpc-error.ts";

/**
 * What a runtime does with CheckpointContainer. In texts `{id}` is the container's id, `{location}` the archive's path
 * and `{socket}` the runtime's socket.
 */
export type CheckpointBehaviour =
  | {
      /** Answers OK, after leaving this at the location. */
      readonly answers: "ok";
      readonly leaves: "archive" | "readable-archive" | "truncated-archive" | "not-a-tar" | "nothing";
      /** Waits before it answers: for `releaseCheckpoints()`, or for as long as nobody cancels. */
      readonly waits?: "release" | "forever";
    }
  | {
      readonly answers: GrpcCodeName;
      readonly text: string;
      readonly leaves?: "partial-archive";
      /** The runtime is not there at all: every method fails so, not only this one. */
      readonly everyMethod?: true;
      /** Instead of answering, all connections of the socket are cut; in-process the caller gets the text. */
      readonly cuts?: true;
    };

/** Texts as runtimes gave them to real kubelets (containerd 2.1.9 with runc unless noted). */
export const checkpointOutcomes = {
  /** A whole archive, mode 0600. */
  ok: { answers: "ok", leaves: "archive" },
  /** grpc-go's own answer of a CRI server that is older than the method. */
  unimplemented: {
    answers: "Unimplemented",
    text: "unknown method CheckpointContainer for service runtime.v1.RuntimeService",
  },
  /** containerd 1.6 and 1.7: the method exists, its body does not. */
  stub: { answers: "Unimplemented", text: "method CheckpointContainer not implemented" },
  /** CRI-O with enable_criu_support=false, or without CRIU when it started. */
  unavailable: { answers: "Unknown", text: "checkpoint/restore support not available" },
  "no-criu": {
    answers: "Unknown",
    text: 'CRIU binary not found or too old (<31600). Failed to checkpoint container "{id}": failed to check for criu version: exec: "criu": executable file not found in $PATH',
  },
  "not-found": { answers: "NotFound", text: 'container "{id}" in namespace not found' },
  /** The dump itself fails, here because the process was killed during it. */
  failing: {
    answers: "Unknown",
    text: 'checkpointing container "{id}" failed: runc did not terminate successfully: exit status 1: read unixpacket @->@: EOF path= /run/containerd/io.containerd.runtime.v2.task/k8s.io/{id}/criu-dump.log',
  },
  /** A whole archive, but only after `releaseCheckpoints()`; `{ slowMs }` waits by the clock instead. */
  slow: { answers: "ok", leaves: "archive", waits: "release" },
  /** No answer until the caller cancels or its deadline passes. */
  hanging: { answers: "ok", leaves: "nothing", waits: "forever" },
  /** Nobody listens on the socket; every method fails. */
  dead: {
    answers: "Unavailable",
    text: 'connection error: desc = "transport: Error while dialing: dial unix {socket}: connect: connection refused"',
    everyMethod: true,
  },
  /** The runtime dies during the call, and is back at once with what it knew. */
  dying: { answers: "Unavailable", text: "error reading from server: EOF", cuts: true },
  /** What fitted stays at the location. */
  "disk-full": {
    answers: "Unknown",
    text: "write {location}: no space left on device",
    leaves: "partial-archive",
  },
  /** A second checkpoint of the container while one is under way. */
  busy: {
    answers: "Unknown",
    text: 'checkpointing container "{id}" failed: cannot pause a paused container',
  },
  "not-writable": { answers: "Unknown", text: "open {location}: read-only file system" },
  /** Claims success without writing anything, as a hollow runtime does. */
  "no-archive": { answers: "ok", leaves: "nothing" },
  /** Claims success and leaves a file that is no tar archive. */
  "wrong-archive": { answers: "ok", leaves: "not-a-tar" },
  /** Claims success and leaves the first half of an archive, as overlapping checkpoints under CRI-O with crun can. */
  "truncated-archive": { answers: "ok", leaves: "truncated-archive" },
  /** A whole archive that everyone may read (mode 0644): process memory leaks to every local user. */
  "world-readable": { answers: "ok", leaves: "readable-archive" },
} as const satisfies Record<string, CheckpointBehaviour>;

/** The names of the behaviours. */
export type CheckpointOutcomeName = keyof typeof checkpointOutcomes;

/**
 * A behaviour by name, `{ slowMs }` for a whole archive after that many milliseconds, a refusal in the caller's own
 * words (`{id}`, `{location}` and `{socket}` are filled in), or a behaviour after which the container stays frozen for
 * good, as containerd leaves it when the deadline passes and every runtime that dies during the dump does.
 */
export type CheckpointOutcome =
  | CheckpointOutcomeName
  | { readonly slowMs: number }
  | { readonly code: GrpcCodeName; readonly text: string }
  | { readonly outcome: CheckpointOutcomeName; readonly frozen: true };
