import { text } from "node:stream/consumers";
import type { Deviation } from "./deviation.ts";
import type { KubeletAnswer, KubeletRequest, Listener } from "../http/message.ts";

/** Which exchanges a deviation is about; what is left out matches everything. */
export interface ExchangeMatch {
  listener?: Listener;
  method?: string;
  /** The request target up to the query. */
  path?: string | RegExp;
  /** The query without `?`; null: none. */
  query?: string | RegExp | null;
  /** Request headers; null: absent. */
  headers?: Record<string, string | RegExp | null>;
  /** How the client says who it is: nothing at all, a certificate, or an Authorization header that matches. */
  client?: "nobody" | "certificate" | "unknown-certificate" | RegExp;
  httpVersion?: KubeletRequest["httpVersion"];
  /** The status that the kubelet was about to answer. */
  status?: number;
  /** The body that the kubelet was about to answer. */
  text?: RegExp;
}

/** What becomes of an answer. */
export interface AnswerChange {
  status?: number;
  body?: string | ((body: string) => string);
  /** Headers to set (in place, else at the end); null removes. */
  headers?: Record<string, string | null>;
}

/** The `http` part of a deviation that changes the answers of the exchanges that match. */
export function changing(match: ExchangeMatch, change: AnswerChange): NonNullable<Deviation["http"]> {
  return async (request, next) => {
    if (!matchesRequest(match, request)) return next(request);
    const answer = await next(request);
    if (match.status !== undefined && match.status !== answer.status) return answer;
    if (match.text === undefined && typeof change.body !== "function") return changed(answer, change, undefined);
    const body = await bodyText(answer);
    const read = { ...answer, body };
    return match.text === undefined || match.text.test(body) ? changed(read, change, body) : read;
  };
}

/** An answer that sends everybody who matches to a plain text of this status, without asking the kubelet. */
export function answering(
  match: ExchangeMatch,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): NonNullable<Deviation["http"]> {
  const answer: KubeletAnswer = { status, headers: Object.entries({ "Content-Type": "text/plain; charset=utf-8", ...headers }), body };
  return async (request, next) => (matchesRequest(match, request) ? answer : next(request));
}

/** Whether a request is one that the match is about, as far as the request tells. */
export function matchesRequest(
  { listener, method, path, query, headers = {}, client, httpVersion }: ExchangeMatch,
  request: KubeletRequest,
): boolean {
  const [actualPath = "", ...rest] = request.target.split("?");
  const actualQuery = rest.length === 0 ? null : rest.join("?");
  return (
    (listener === undefined || listener === request.listener) &&
    (method === undefined || method === request.method) &&
    (path === undefined || same(path, actualPath)) &&
    (query === undefined || same(query, actualQuery)) &&
    (httpVersion === undefined || httpVersion === request.httpVersion) &&
    (client === undefined || isClient(client, request)) &&
    Object.entries(headers).every(([name, wanted]) => same(wanted, request.header(name) ?? null))
  );
}

function isClient(client: NonNullable<ExchangeMatch["client"]>, request: KubeletRequest): boolean {
  const authorization = request.header("Authorization");
  if (client instanceof RegExp) return authorization !== undefined && client.test(authorization);
  if (authorization !== undefined) return false;
  const { certificate } = request;
  if (certificate === undefined) return client === "nobody";
  return client === (certificate.verified ? "certificate" : "unknown-certificate");
}

function same(wanted: string | RegExp | null, actual: string | null): boolean {
  return wanted instanceof RegExp ? actual !== null && wanted.test(actual) : wanted === actual;
}

function changed(answer: KubeletAnswer, { status, body, headers = {} }: AnswerChange, original: string | undefined): KubeletAnswer {
  const kept = answer.headers.filter(([name]) => !isNamed(headers, name));
  const added = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null);
  return {
    ...answer,
    status: status ?? answer.status,
    headers: [...kept, ...added],
    body: typeof body === "function" ? body(original ?? "") : (body ?? answer.body),
  };
}

function isNamed(headers: Record<string, string | null>, name: string): boolean {
  return Object.keys(headers).some((other) => other.toLowerCase() === name.toLowerCase());
}

/** The answer with all of its body at hand. */
export async function wholeAnswer(answer: KubeletAnswer): Promise<KubeletAnswer & { body: string }> {
  return { ...answer, body: await bodyText(answer) };
}

async function bodyText({ body }: KubeletAnswer): Promise<string> {
  return typeof body === "string" || Buffer.isBuffer(body) ? body.toString() : text(body);
}
