import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { changing, type ExchangeMatch, matchesRequest, wholeAnswer } from "./alter.ts";
import type { Deviation } from "./deviation.ts";

type Http = NonNullable<Deviation["http"]>;

/** What became of a request. */
export interface Outcome {
  request: KubeletRequest;
  answer: KubeletAnswer & { body: string };
  /** Whether another request that matches was under way at the same time. */
  overlapped: boolean;
}

/**
 * Containers whose logs stand still, as those of a frozen container do, once a request that matches has had an outcome that harms them.
 */
export function standingLogsAfter(match: ExchangeMatch, harms: (outcome: Outcome) => boolean): Http {
  let standing = false;
  let last: string | undefined;
  const logs = changing(
    { listener: "main", method: "GET", path: /^\/containerLogs\//, status: 200 },
    { body: (body) => (standing ? (last ??= body) : body) },
  );
  const watched = watchingOverlap(match, async (request, next, overlaps) => {
    const answer = await wholeAnswer(await next(request));
    if (harms({ request, answer, overlapped: overlaps() })) standing = true;
    return answer;
  });
  return async (request, next) => (matchesRequest(match, request) ? watched(request, next) : logs(request, next));
}

/** Handles the requests that match with the knowledge whether another one, of the same path or not, has been under way beside it. */
export function watchingOverlap(
  match: ExchangeMatch,
  handle: (request: KubeletRequest, next: Parameters<Http>[1], overlaps: () => boolean) => Promise<KubeletAnswer>,
): Http {
  const underWay = new Set<{ overlapped: boolean }>();
  return async (request, next) => {
    if (!matchesRequest(match, request)) return next(request);
    const own = { overlapped: underWay.size > 0 };
    for (const other of underWay) other.overlapped = true;
    underWay.add(own);
    try {
      return await handle(request, next, () => own.overlapped);
    } finally {
      underWay.delete(own);
    }
  };
}
