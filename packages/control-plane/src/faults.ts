import { ApiError, conflict, modified, type StatusFields } from "./api/status-error.ts";
import type { Target, Verb } from "./api/target.ts";
import { subjectOf } from "./state/cluster-state.ts";

/** What happens to a request instead of, or before, its answer. */
export type FaultEffect =
  /** Answered late; a client that goes away ends the wait. */
  | { kind: "slow"; milliseconds: number }
  /** Answered with a Status of that code: 500, 409, 429, 422 ... A 429 or 503 carries Retry-After, default 1 second. */
  | { kind: "status"; code: number; retryAfterSeconds?: number }
  /** The connection (in HTTP/2 the stream) ends without an answer. */
  | { kind: "cut" };

/** Which requests fail, and how. Without conditions: every request. */
export interface Fault {
  effect: FaultEffect;
  /** `nodes`, `nodes/status`, `tokenreviews` ...; `nodes/*` is nodes with all subresources. */
  resource?: string;
  verb?: Verb;
  /** User name, e.g. `system:node:n1`. Fits only who is authenticated. */
  user?: string;
  /** Only watches that ask for the present objects first (WatchList); with a 422 clients fall back to listing. Default all. */
  initialEvents?: true;
  /** Ends after that many hits. Default: until removed. */
  times?: number;
}

/** A fault that is switched on. */
export interface ActiveFault {
  /** How many requests it has hit. */
  readonly hits: number;
  remove(): void;
}

export interface FaultMatch {
  verb: Verb | undefined;
  target: Target | undefined;
  user: string | undefined;
  query: URLSearchParams;
}

export interface FaultTable {
  inject(fault: Fault): ActiveFault;
  /** The effects on a request, in the order of injection; counts as a hit. */
  take(match: FaultMatch): readonly FaultEffect[];
  clear(): void;
}

export function createFaultTable(): FaultTable {
  const active = new Set<{ fault: Fault; hits: number }>();
  return {
    inject(fault) {
      const entry = { fault, hits: 0 };
      active.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove: () => void active.delete(entry),
      };
    },
    take(match) {
      const fitting = [...active].filter(({ fault }) => fits(fault, match));
      for (const entry of fitting) {
        entry.hits++;
        if (entry.hits >= (entry.fault.times ?? Infinity)) active.delete(entry);
      }
      return fitting.map(({ fault }) => fault.effect);
    },
    clear: () => active.clear(),
  };
}

function fits({ resource, verb, user, initialEvents }: Fault, match: FaultMatch): boolean {
  if (initialEvents && match.query.get("sendInitialEvents") !== "true") return false;
  if (verb !== undefined && verb !== match.verb) return false;
  if (user !== undefined && user !== match.user) return false;
  if (resource === undefined) return true;
  if (match.target === undefined) return false;
  const { resource: plural, subresource } = match.target;
  return resource === `${plural}/*` || resource === (subresource === undefined ? plural : `${plural}/${subresource}`);
}

const reasons: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  410: "Expired",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/** The refusal that a status effect stands for. */
export function injectedError(
  { code, retryAfterSeconds = 1 }: Extract<FaultEffect, { kind: "status" }>,
  target: Target | undefined,
): ApiError {
  if (code === 409 && target?.name !== undefined) return conflict(subjectOf(target.resource, target.name), modified);
  const fields: StatusFields = { code, message: `injected fault: ${code}` };
  const reason = reasons[code];
  if (reason !== undefined) fields.reason = reason;
  if (code === 429 || code === 503) fields.details = { retryAfterSeconds };
  return new ApiError(fields);
}
