import type { Redactor } from "@kubelet-conformance/exchange";
import { isPrivate } from "./private.ts";
import { printable } from "./text.ts";
import type { WireError, WireRequest, WireResponse } from "../target/wire.ts";

/** One exchange as reports show it: redacted, bodies cut. */
export interface RecordedExchange {
  request: {
    listener: WireRequest["listener"];
    /** Name of the identity; its credentials are never recorded. */
    client: string;
    method: string;
    target: string;
    headers: [name: string, value: string][];
    body?: string;
    /** The body is all that was sent: bytes that need not be a request. */
    raw?: true;
  };
  response?: {
    status: number;
    reason: string;
    httpVersion: string;
    headers: [name: string, value: string][];
    body: string;
    bodyBytes: number;
  };
  /** Why there was no answer. */
  error?: { code: WireError["code"]; message: string };
  durationMs: number;
}

/** How much of a text a report keeps. */
const kept = 2048;
/** How much of it is redacted before it is cut: half a secret would slip through a pattern. The slack covers secrets around the cut. */
const looked = 16 * kept;

export function recordExchange(
  request: WireRequest,
  outcome: { response: WireResponse } | { error: WireError; durationMs: number },
  redact: Redactor,
): RecordedExchange {
  const sent = {
    listener: request.listener,
    client: request.client.name,
    method: request.method,
    target: redact.text(request.target),
    headers: Object.entries(request.headers ?? {}).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, redact.header(name, value)]),
    ),
    ...(request.body === undefined ? {} : { body: shown(request.body, redact) }),
    // Without the credentials that go into it.
    ...(request.raw === undefined ? {} : { body: shown(request.raw.bytes(""), redact), raw: true as const }),
  };
  if ("error" in outcome) {
    const { code, message } = outcome.error;
    return { request: sent, error: { code, message: redact.text(message) }, durationMs: round(outcome.durationMs) };
  }
  const { response } = outcome;
  return {
    request: sent,
    response: {
      status: response.status,
      reason: printable(redact.text(cut(response.reason))),
      httpVersion: response.httpVersion,
      headers: response.headers.map(([name, value]) => [name, redact.header(name, value)]),
      body: isPrivate(request, response) ? `(${response.body.length} bytes, not shown)` : shownAnswer(response.body, redact),
      bodyBytes: response.body.length,
    },
    durationMs: round(response.durationMs),
  };
}

function shownAnswer(body: Buffer, redact: Redactor): string {
  return cut(redact.body(body.toString("utf8", 0, looked)));
}

function shown(body: Buffer | string, redact: Redactor): string {
  return cut(redact.text(typeof body === "string" ? body.slice(0, looked) : body.toString("utf8", 0, looked)));
}

function cut(text: string): string {
  return text.length <= kept ? text : `${text.slice(0, kept)}…`;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
