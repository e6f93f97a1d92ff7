import type { ClientCertificate, KubeletRequest } from "../http/message.ts";
import { type ExchangeMatch, matchesRequest } from "./alter.ts";
import type { Deviation } from "./deviation.ts";

/** What the kubelet gets to see instead of what was sent. */
export interface OtherRequest {
  method?: string;
  target?: string;
  /** Headers to set; null removes. */
  headers?: Record<string, string | null>;
  /** Null: the client presented none. */
  certificate?: ClientCertificate | null;
  /** Aborted when the client goes away. */
  signal?: AbortSignal;
}

/** A request of somebody who may do anything, instead of whoever sent it. */
export const asAdministrator: OtherRequest = {
  headers: { authorization: null },
  certificate: { verified: true, commonName: "kubelet-deviation", organizations: ["system:masters"] },
};

/** A request of somebody whom the kubelet knows and who may do nothing, instead of whoever sent it. */
export const asStranger: OtherRequest = {
  headers: { authorization: null },
  certificate: { verified: true, commonName: "kubelet-deviation", organizations: [] },
};

/** The `http` part of a deviation that takes the requests that match for others. */
export function asking(match: Omit<ExchangeMatch, "status" | "text">, other: OtherRequest): NonNullable<Deviation["http"]> {
  return async (request, next) => next(matchesRequest(match, request) ? replaced(request, other) : request);
}

function replaced(request: KubeletRequest, { headers = {}, certificate, ...other }: OtherRequest): KubeletRequest {
  const set = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const kept = request.rawHeaders.filter(([name]) => !set.has(name.toLowerCase()));
  const added = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null);
  const { listener, method, target, httpVersion, remoteAddress, signal } = request;
  return {
    listener,
    method,
    target,
    httpVersion,
    remoteAddress,
    signal,
    rawHeaders: [...kept, ...added],
    header: (name) => {
      const value = set.get(name.toLowerCase());
      return value === undefined ? request.header(name) : (value ?? undefined);
    },
    body: (limit) => request.body(limit),
    certificate: certificate === undefined ? request.certificate : (certificate ?? undefined),
    ...other,
  };
}
