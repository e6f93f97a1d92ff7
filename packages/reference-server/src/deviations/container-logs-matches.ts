import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { Readable } from "node:stream";
import { answering, changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";

/** The requirements that need a deviation. */
export type Id = ObservableRequirementId["container-logs"];

type Http = NonNullable<Deviation["http"]>;

/** Requests that only requirements make: for a pod that does not exist, and for containers by the names that tests give them. */
export const known: ExchangeMatch = { listener: "main", client: "certificate" };
export const absentPod: ExchangeMatch = { ...known, method: "GET", path: /^\/containerLogs\/default\/[^/]+\/c$/ };
export const any: ExchangeMatch = { ...known, method: "GET", path: /^\/containerLogs\/(?:[^/]+\/){2}[^/]+$/ };
/** Without the headers that single requirements send. */
export const plainly: ExchangeMatch = {
  ...any,
  query: null,
  headers: { accept: null, "accept-encoding": null, range: null },
  httpVersion: "1.1",
};

const podDoesNotExist = 'pod "kubelet-conformance-absent" does not exist';

/** Goes on to look for the pod where it should refuse. */
export function ignoring(summary: string, query: string | RegExp): Deviation {
  return { summary, http: answering({ ...absentPod, query }, 404, podDoesNotExist) };
}

/** Refuses where it should look for the pod. */
export function undecodable(summary: string, query: string | RegExp): Deviation {
  return { summary, http: answering({ ...absentPod, query }, 400, '{"message": "Unable to decode query."}') };
}

export function asFalse(summary: string, query: string): Deviation {
  return { summary, http: answering({ ...any, query }, 400, 'container "c" in pod "p" is waiting to start: ErrImageNeverPull') };
}

export function asTrue(summary: string, query: string): Deviation {
  return { summary, http: answering({ ...any, query }, 400, 'previous terminated container "c" in pod "p" not found') };
}

/** Another log than was asked for. */
export function asked(query: string | RegExp, body: (body: string) => string, path: string | RegExp = any.path ?? ""): Http {
  return changing({ ...any, path, query, status: 200 }, { body });
}

/** Puts something between the pieces in which runtimes write a line. */
export function inPieces(separator: string): (body: string) => string {
  return (body) => body.replaceAll(/[^\n]{16384}(?=[^\n])/g, (piece) => piece + separator);
}

/** Waits for the first piece of a body before the answer begins. */
export function holdingBack(match: ExchangeMatch): Http {
  return async (request, next) => {
    const answer = await next(request);
    if (!matchesRequest(match, request) || !(answer.body instanceof Readable)) return answer;
    const pieces: Buffer[] = [];
    for await (const piece of answer.body) pieces.push(Buffer.from(piece));
    return { ...answer, body: Buffer.concat(pieces) };
  };
}

/** Begins the answer, and sends the body when there is no more of it. */
export function gathering(match: ExchangeMatch): Http {
  return async (request, next) => {
    const answer = await next(request);
    if (!matchesRequest(match, request) || !(answer.body instanceof Readable)) return answer;
    return { ...answer, body: Readable.from(wholeOf(answer.body)) };
  };
}

async function* wholeOf(body: Readable): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(Buffer.from(piece));
  yield Buffer.concat(pieces);
}

export function withoutTail(match: ExchangeMatch): Http {
  return async (request, next) => {
    if (!matchesRequest(match, request)) return next(request);
    const target = request.target.replace("&tailLines=1", "");
    return asking(match, { target })(request, next);
  };
}
