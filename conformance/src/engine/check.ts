import type { Exchange, Requirement } from "@kubelet-conformance/spec";
import type { CodedRequirementId } from "@kubelet-conformance/types";
import type { Target } from "../target/target.ts";
import type { WireClient, WireRequest, WireResponse } from "../target/wire.ts";

/** A request as checks write it: what is left out takes the target's defaults (credentials, main listener, GET). */
export type CheckRequest = Partial<Omit<WireRequest, "client">> & { target: string; client?: WireClient | ClientName };
export type ClientName = "credentials" | "none" | "bad-token" | "empty-token" | "basic" | "unknown-certificate" | `identity:${string}`;

/** A GET without anything that makes it special. */
export type ReadRequest = Pick<CheckRequest, "target" | "headers" | "listener" | "client">;

/** What a check works with. Everything it sends is recorded, redacted and shown in the report. */
export interface CheckContext {
  requirement: Requirement;
  target: Target;
  /** Sends one request; an answer that does not come is a failure of the requirement, not of the suite. */
  send(request: CheckRequest): Promise<WireResponse>;
  /**
   * The answer to a GET that a run sends once for all checks that only look at what it says (memoized by request). A check that looks for a change,
   * or holds answers of one moment against each other, reads `afresh`.
   */
  read(request: ReadRequest): Promise<WireResponse>;
  /** Sends an exchange written as data, or reads it if it is a plain GET, and asserts all of its expectation; returns the answer for more. */
  exchange(exchange: Exchange): Promise<WireResponse>;
  /** The answer to the one checkpoint that a run makes for all checks under `--checkpoint` (memoized). */
  firstCheckpoint(): Promise<WireResponse>;
  /** The archive that this answer names. Blocked when it names none: that is another requirement's failure. */
  archive(): Promise<ArchiveFixture>;
  /** Makes one more checkpoint of the opted-in container; its archive is listed under leftovers. `query` is appended as written. */
  checkpoint(query?: string): Promise<WireResponse>;
  /** Lists a file that was left on the node without an answer naming it. */
  leftover(path: string): void;
  /** Puts a figure into the result, whatever the verdict; the name ends in its unit: `pauseMs`. */
  measure(name: string, value: number): void;
  /** Says what the check waits for from here on, about how long, in milliseconds of ours, and gets the time for it. */
  awaits(what: string, aboutMs: number): void;
  /** A SHOULD inside this requirement is broken: the verdict becomes `warned`, under the same id. */
  warn(expected: string, actual: string): void;
  /** The requirement does not apply to this target after all. */
  notApplicable(reason: string): never;
  signal: AbortSignal;
}

/** The context of a check for which it matters when the kubelet says something: what it reads is asked for each time. */
export function afresh(context: CheckContext): CheckContext {
  return { ...context, read: (request) => context.send(request) };
}

export interface ArchiveFixture {
  response: WireResponse;
  /** The path in `items[0]`, as the kubelet wrote it. */
  path: string;
  /** Where that file is seen from here: under `--node-root`; undefined without it. */
  localPath: string | undefined;
  /** When the request was sent and when the answer was complete. */
  startedAt: Date;
  endedAt: Date;
}

export type Check = (context: CheckContext) => Promise<void>;

/** The checks of one area: exactly its requirements that no single exchange decides. A missing or extra one does not compile. */
export type AreaChecks<Area extends keyof CodedRequirementId> = Record<CodedRequirementId[Area], Check>;

/** The requirement is broken: what was expected, what was seen. The only way for a check to fail. */
export class Broken extends Error {
  override name = "Broken";
  readonly expected: string;
  readonly actual: string;
  constructor(expected: string, actual: string) {
    super(`expected ${expected}, got ${actual}`);
    this.expected = expected;
    this.actual = actual;
  }
}

/** The target turns out not to offer what the check needs; `need` is an id of `needs.yaml`. */
export class Blocked extends Error {
  override name = "Blocked";
  readonly need: string;
  /** Why it could not be met; undefined: what the vocabulary says unlocks it. */
  readonly obstacle: string | undefined;
  constructor(need: string, obstacle?: string) {
    super(`the target does not offer: ${need}`);
    this.need = need;
    this.obstacle = obstacle;
  }
}

/** The requirement does not speak about this target after all. */
export class NotApplicable extends Error {
  override name = "NotApplicable";
}
