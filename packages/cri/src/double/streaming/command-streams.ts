import type { Readable, Writable } from "node:stream";
import type { ErrorStatus } from "@kubelet-conformance/streaming";

/** Which streams an exec or attach has. */
export interface WantedStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** The streams of an exec or attach, whatever protocol carries them. */
export interface CommandStreams {
  /** Undefined when the client sends none; ends when the client closes it. */
  readonly stdin: Readable | undefined;
  /** Undefined when the client takes none. */
  readonly stdout: Writable | undefined;
  readonly stderr: Writable | undefined;
  /** Terminal sizes as JSON, one after another. */
  readonly resize: Readable | undefined;
  /** Tells how it ended, in the words of the protocol. */
  readonly writeStatus: (status: ErrorStatus) => void;
  /** Ends the connection behind what was written. */
  readonly close: () => void;
  /** Resolves when the connection is over. */
  readonly closed: Promise<unknown>;
}

/** Protocols before v4 say only what went wrong, as plain text. */
export function plainStatus(status: ErrorStatus): string {
  return status.status === "Success" ? "" : (status.message ?? "");
}
