import type { Redactor } from "../report/redact.ts";
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

/** Bytes of a body that a report keeps. */
const kept = 2048;

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
    ...(request.body === undefined ? {} : { body: cut(redact.text(request.body.toString())) }),
    // Without the credentials that go into it.
    ...(request.raw === undefined ? {} : { body: cut(redact.text(request.raw.bytes(""))) }),
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
      reason: response.reason,
      httpVersion: response.httpVersion,
      headers: response.headers.map(([name, value]) => [name, redact.header(name, value)]),
      // What a container logs is nobody else's business.
      body: request.target.startsWith("/containerLogs/") && response.status === 200 ? "(a container's log)" : shown(response.body, redact),
      bodyBytes: response.body.length,
    },
    durationMs: round(response.durationMs),
  };
}

function shown(body: Buffer, redact: Redactor): string {
  // Redacted before it is cut: half a secret would slip through a pattern. The slack covers secrets around the cut.
  return cut(redact.text(body.subarray(0, 16 * kept).toString()));
}

function cut(text: string): string {
  return text.length <= kept ? text : `${text.slice(0, kept)}…`;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
