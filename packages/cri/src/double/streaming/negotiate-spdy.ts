import type { IncomingMessage } from "node:http";
import { ACCEPTED_PROTOCOLS_HEADER, SPDY_UPGRADE, STREAM_PROTOCOL_HEADER } from "@kubelet-conformance/streaming";
import { httpError, type HttpAnswer } from "./http-answer.ts";

/**
 * Chooses the SPDY protocol: the client's first offer that the server has. Otherwise the answer that containerd 2.1.9 was recorded with,
 * its text `times` over: exec and attach write the error of the handshake a second time.
 */
export function negotiateSpdy(request: IncomingMessage, supported: readonly string[], times: number): { protocol: string } | HttpAnswer {
  const values = request.headersDistinct[STREAM_PROTOCOL_HEADER.toLowerCase()];
  if (values === undefined) {
    // Go keeps Host apart from the headers.
    const count = Object.keys(request.headersDistinct).filter((name) => name !== "host").length;
    return httpError(400, `unable to upgrade: header ${STREAM_PROTOCOL_HEADER} does not exist in request with ${count} headers`, times);
  }
  const offered = values.flatMap((value) => value.split(",")).flatMap((value) => value.trim() || []);
  if (offered.length === 0) {
    const text = `unable to upgrade: header ${STREAM_PROTOCOL_HEADER} contains [${values.join(" ")}], but no valid protocols`;
    return httpError(400, text, times);
  }
  const protocol = offered.find((each) => supported.includes(each));
  if (protocol !== undefined) return { protocol };
  const clientAndServer = `client supports [${offered.join(" ")}], server accepts [${supported.join(" ")}]`;
  return httpError(
    403,
    `unable to upgrade: unable to negotiate protocol: ${clientAndServer}`,
    times,
    supported.map((each) => [ACCEPTED_PROTOCOLS_HEADER, each] as const),
  );
}

/** The headers of the 101, in Go's order. */
export function spdyHeaders(protocol: string): HttpAnswer["headers"] {
  return [
    ["Connection", "Upgrade"],
    ["Upgrade", SPDY_UPGRADE],
    [STREAM_PROTOCOL_HEADER, protocol],
    ["Date", new Date().toUTCString()],
  ];
}
