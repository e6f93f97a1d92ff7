import type { Authority } from "@kubelet-conformance/control-plane";
import type { Socket } from "node:net";
import type { Request } from "./listen.ts";

/** A server that misbehaves, and what a run against it must come to. Bounded time and memory, one-line errors and kept secrets go for all. */
export interface Hostile {
  /** What it does wrong, in words. */
  name: string;
  /** Starts it; answers with the URL for `--server`. */
  open: (place: Place) => Promise<string>;
  /** The exit code. 1: its answers are judged and found wrong. 2: it cannot be tested, and the error says why. */
  code: 1 | 2;
  /** What the run says of it on standard error. */
  says?: RegExp;
  /** Arguments after `--server URL`. */
  args?: readonly string[];
  /** Run by the program itself and not by a process that has run others. */
  alone?: true;
  /** Seconds for one request. Default 5: what is wrong shows at once. */
  timeout?: number;
}

/** What a hostile server finds when it starts. */
export interface Place {
  /** A certificate that the runner trusts, for 127.0.0.1. */
  serving: { cert: string; key: string };
  /** Issues others that it trusts. */
  authority: Authority;
  /** A server beside it, where no credential and no redirected request must arrive. */
  elsewhere: string;
  /** Called when the run is over. */
  closers: (() => void)[];
}

/** Misbehaves in place of an answer. */
export type Answer = (socket: Socket, request: Request) => void;
