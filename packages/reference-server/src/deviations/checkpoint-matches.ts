import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";

/** The requirements that need a deviation. */
export type Id = ObservableRequirementId["checkpoint"];

export const posted: ExchangeMatch = { listener: "main", method: "POST", path: /^\/checkpoint\/[^/]+\/[^/]+\/[^/]+$/ };
export const plain: ExchangeMatch = { ...posted, query: null, headers: { "content-type": null, origin: null } };
export const made: ExchangeMatch = { ...plain, status: 200 };
export const absentPod: ExchangeMatch = { ...plain, path: /^\/checkpoint\/[^/]+\/kubelet-conformance-absent\/[^/]+$/ };
export const unknownPod: ExchangeMatch = { ...absentPod, client: "certificate", status: 404, text: /^pod / };
export const notRegistered: ExchangeMatch = { ...absentPod, status: 404, text: /^404 page not found\n$/ };
export const absentContainer: ExchangeMatch = { ...posted, path: /\/kubelet-conformance-absent$/, status: 404 };
/** The container that never starts, in the sample pod and in the testbed's; its answers do not tell it from one that has ended. */
export const waiting = /\/waiting$/;
/** The other running container of the testbed's pod, in the name of its archive. */
export const second = /-second(?=-\d{4}-)/;
export const notRunning: ExchangeMatch = { ...posted, query: null, status: 500, text: /\(container .* not found\)$/ };

export const badTimeout = "cannot parse value of timeout parameter";

type Http = NonNullable<Deviation["http"]>;

/** Takes one query for another; null: none. */
export function reading(query: string | null, as: string | null, match: ExchangeMatch = {}): Http {
  return (request, next) => {
    const [path = ""] = request.target.split("?");
    return asking({ ...posted, query, ...match }, { target: as === null ? path : `${path}?${as}` })(request, next);
  };
}

/** Every container's number of restarts on /pods grows with each checkpoint. */
export function countingRestarts(): Http {
  let checkpoints = 0;
  const list = changing(
    { listener: "main", method: "GET", path: "/pods", status: 200 },
    { body: (body) => body.replaceAll(/(?<="restartCount":)\d+/g, (count) => String(Number(count) + checkpoints)) },
  );
  return async (request, next) => {
    const answer = await list(request, next);
    if (matchesRequest(posted, request) && answer.status === 200) checkpoints += 1;
    return answer;
  };
}
