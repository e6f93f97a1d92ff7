import { looksLikeJson, mediaTypeOf } from "@kubelet-conformance/exchange";
import type { OperationId } from "@kubelet-conformance/types";
import { isUtf8 } from "node:buffer";
import type { Captured } from "./capture.ts";
import { decode } from "./decode.ts";
import { headerOf, type ProxiedAnswer, type ProxiedExchange } from "./exchange.ts";
import type { HarContent, HarEntry, HarPair, HarResponse } from "./har.ts";
import { type Mask, split } from "./mask.ts";
import { plainPath } from "../routes.ts";

/** Where the text of an answer is all of a kubelet's command line. */
const hiddenTexts: ReadonlySet<OperationId> = new Set<OperationId>(["getFlagz", "getPprof", "getPprofCmdline"]);

/** Whether an answer is what a program has printed, whatever the spec makes of the request: a kubelet may see it otherwise. */
function isPrinted(target: string): boolean {
  return /^\/+run\//.test(plainPath(split(target).path));
}

/** One exchange as a recording keeps it: masked, and bodies cut. `origin` is the kubelet's, without a slash at the end. */
export function harEntry(exchange: ProxiedExchange, origin: string, mask: Mask): HarEntry {
  const { answer, body, timings, target } = exchange;
  // `OPTIONS *` is for the server as a whole; a URL cannot say that.
  const url = `${origin}${target === "*" ? "/" : mask.target(target)}`;
  const mimeType = mask.text(headerOf(exchange.headers, "content-type") ?? "");
  return {
    startedDateTime: exchange.startedAt.toISOString(),
    time: rounded(
      [timings.dns, timings.connect, timings.send, timings.wait, timings.receive].reduce((sum, part) => sum + Math.max(0, part), 0),
    ),
    request: {
      method: exchange.method,
      url,
      httpVersion: `HTTP/${exchange.httpVersion}`,
      cookies: [],
      headers: masked(exchange.headers, mask),
      queryString: mask.pairs(split(target).query),
      ...(body.total === 0 ? {} : { postData: postData(body, mimeType, headerOf(exchange.headers, "content-encoding"), mask) }),
      headersSize: -1,
      bodySize: body.total,
    },
    response: answer ? response(exchange, answer, mask) : noResponse(exchange.error),
    cache: {},
    timings: {
      blocked: -1,
      dns: rounded(timings.dns),
      connect: rounded(timings.connect),
      ssl: rounded(timings.ssl),
      send: rounded(Math.max(0, timings.send)),
      wait: rounded(Math.max(0, timings.wait)),
      receive: rounded(Math.max(0, timings.receive)),
    },
    ...(exchange.serverAddress === undefined ? {} : { serverIPAddress: exchange.serverAddress }),
    ...(answer && exchange.error !== undefined ? { comment: mask.text(exchange.error) } : {}),
  };
}

function response({ operationId, target, upgraded }: ProxiedExchange, answer: ProxiedAnswer, mask: Mask): HarResponse {
  const location = headerOf(answer.headers, "location");
  return {
    status: answer.status,
    statusText: mask.text(answer.reason),
    httpVersion: `HTTP/${answer.httpVersion}`,
    cookies: [],
    headers: masked(answer.headers, mask),
    content: content({ operationId, target }, answer, mask),
    redirectURL: location === undefined ? "" : mask.target(location),
    headersSize: -1,
    bodySize: answer.body.total,
    ...(upgraded === undefined ? {} : { comment: `${upgraded.sent} bytes to the kubelet and ${upgraded.received} from it, not recorded` }),
  };
}

function noResponse(error: string | undefined): HarResponse {
  const comment = error === undefined ? {} : { comment: error };
  const none = { status: 0, statusText: "", httpVersion: "", cookies: [] as [], headers: [], redirectURL: "" };
  return { ...none, content: { size: 0, mimeType: "x-unknown" }, headersSize: -1, bodySize: -1, ...comment };
}

function content(
  { operationId, target }: Pick<ProxiedExchange, "operationId" | "target">,
  { headers, body }: ProxiedAnswer,
  mask: Mask,
): HarContent {
  const mimeType = mask.text(headerOf(headers, "content-type") ?? "x-unknown");
  const size = body.total;
  if (size === 0) return { size, mimeType };
  const decoded = decode(body, headerOf(headers, "content-encoding"));
  if (!decoded) return { size, mimeType, comment: "hidden: its content encoding is unknown" };
  const whole = decoded.isCut ? size : decoded.bytes.length;
  const cut = decoded.isCut ? { comment: `truncated: the first ${body.bytes.length} of ${size} bytes` } : {};
  if (isPrinted(target) || (operationId !== undefined && hiddenTexts.has(operationId) && isUtf8(decoded.bytes)))
    return { size: whole, mimeType, comment: "hidden: it is what a command has printed, or the kubelet was started with" };
  return { size: whole, mimeType, ...shown(decoded.bytes, decoded.isCut, mimeType, mask), ...cut };
}

/** Of bytes that are no text no more can be said than that no secret of ours is in them. */
function shown(bytes: Buffer, isCut: boolean, mimeType: string, mask: Mask): Pick<HarContent, "text" | "encoding" | "comment"> {
  // JSON is masked by its members, also where a byte of it is wrong.
  const text = textOf(bytes, isCut) ?? (looksLikeJson(bytes.toString("latin1", 0, 100)) ? bytes.toString() : undefined);
  if (text !== undefined) return { text: mask.body(text, mediaTypeOf(mimeType)) };
  const raw = bytes.toString("latin1");
  return mask.text(raw) === raw ? { text: bytes.toString("base64"), encoding: "base64" } : { comment: "hidden: a secret is in it" };
}

/** A cut may go through a character. */
function textOf(bytes: Buffer, isCut: boolean): string | undefined {
  if (isUtf8(bytes)) return bytes.toString();
  const shorter = isCut ? [1, 2, 3].map((less) => bytes.subarray(0, bytes.length - less)).find((part) => isUtf8(part)) : undefined;
  return shorter?.toString();
}

function postData(
  body: Captured,
  mimeType: string,
  encoding: string | undefined,
  mask: Mask,
): { mimeType: string; text: string; comment?: string } {
  const decoded = decode(body, encoding);
  const text = decoded && textOf(decoded.bytes, decoded.isCut);
  if (text === undefined) return { mimeType, text: "", comment: "hidden: it is no text" };
  const cut = body.bytes.length < body.total ? { comment: `truncated: the first ${body.bytes.length} of ${body.total} bytes` } : {};
  return { mimeType, text: mask.body(text, mediaTypeOf(mimeType)), ...cut };
}

function masked(headers: ProxiedAnswer["headers"], mask: Mask): HarPair[] {
  return headers.map(([name, value]) => ({ name, value: mask.header(name, value) }));
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
