import { STATUS_CODES } from "node:http";
import type { KubeletAnswer } from "./message.ts";

const textType = "text/plain; charset=utf-8";
const textHeader: readonly [string, string] = ["Content-Type", textType];
const nosniffHeader: readonly [string, string] = ["X-Content-Type-Options", "nosniff"];
const jsonHeaders: readonly (readonly [string, string])[] = [["Content-Type", "application/json"]];

/** A body whose type net/http finds out by itself, as go-restful's WriteErrorString leaves it. */
export function plain(status: number, body: string): KubeletAnswer {
  return { status, headers: [], body };
}

/** http.Error: the text gets a newline and the type is not to be guessed. */
export function httpError(status: number, text: string): KubeletAnswer {
  return { status, headers: [textHeader, nosniffHeader], body: `${text}\n` };
}

/** A JSON body as it stands. */
export function json(body: string, status = 200): KubeletAnswer {
  return { status, headers: jsonHeaders, body };
}

/** Text with its type set by the handler and nosniff, as the health checks write it. */
export function typedText(body: string, status = 200): KubeletAnswer {
  return { status, headers: [textHeader, nosniffHeader], body };
}

/** ServeMux: no pattern matches. */
export const notRegistered: KubeletAnswer = httpError(404, "404 page not found");

/** net/http's answer to what it does not take as a request; the connection ends. */
export function refusal(status: number, detail?: string): KubeletAnswer {
  const text = `${status} ${STATUS_CODES[status]}`;
  return {
    status,
    headers: [textHeader],
    close: true,
    ...(detail === undefined ? { body: text } : { body: `${text}: ${detail}`, detail }),
  };
}

/** net/http refuses the request line. */
export const badRequest: KubeletAnswer = refusal(400);

/** net/http knows no expectation but 100-continue. */
export const expectationFailed: KubeletAnswer = { status: 417, headers: [["Connection", "close"]], body: "" };
