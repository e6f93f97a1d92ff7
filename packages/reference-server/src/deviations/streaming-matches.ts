import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { ExchangeMatch } from "./alter.ts";

/** The requirements that need a deviation. */
export type Id = ObservableRequirementId["streaming"];

export const absent = "kubelet-conformance-absent";
export const main: ExchangeMatch = { listener: "main", headers: { upgrade: null } };
/** Requests for a pod that is not there. */
export const absentPod = (service: string): ExchangeMatch => ({ ...main, path: new RegExp(`^/${service}/default/${absent}(/c)?$`) });
export const certified = { client: "certificate" } as const;
export const unknownPod = "pod does not exist";
/** The query of a command that nothing but the switch is asked of. */
export const usual = "command=echo&output=1";
/** Requests for a pod that is there. */
export const exec: RegExp = /^\/exec\/[^/]+\/(?!kubelet-conformance-absent)[^/]+\/[^/]+$/;
export const attach: RegExp = /^\/attach\//;
export const forward: RegExp = /^\/portForward\/[^/]+\/(?!kubelet-conformance-absent)[^/]+$/;

export const v4 = "v4.channel.k8s.io";
export const portForwarding = "portforward.k8s.io";
export const tunnel = "SPDY/3.1+portforward.k8s.io";

/** An upgrade, or what looks like one; null: no protocol is named. */
export const spdy = (protocol: string | null): ExchangeMatch => ({
  listener: "main",
  headers: { upgrade: /^SPDY/, "x-stream-protocol-version": protocol },
});
export const webSocket = (protocol: string | null): ExchangeMatch => ({
  listener: "main",
  headers: { upgrade: "websocket", "sec-websocket-protocol": protocol },
});

/** The same to a path, with a query; null: none. */
export const overSpdy = (path: RegExp, query: RegExp | null = /./, protocol: string = v4): ExchangeMatch => ({
  ...spdy(protocol),
  path,
  query,
});
export const overWebSocket = (path: RegExp, query: RegExp | null = /./, protocol: string = v4): ExchangeMatch => ({
  ...webSocket(protocol),
  path,
  query,
});

/** The commands of the checks. */
export const echo: RegExp = /^command=echo&output=1&error=1$/;
export const echoHi: RegExp = /^command=echo&command=hi&/;
export const cat: RegExp = /^command=cat&/;
export const exit42: RegExp = /exit%2042/;
export const bothOutputs: RegExp = /echo%20err.*&error=1$/;
export const terminal: RegExp = /echo%20err.*&tty=1$/;
