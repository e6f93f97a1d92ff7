import { Broken, type CheckContext, type CheckRequest } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { type RawRequest, WireError, type WireResponse } from "../target/wire.ts";

/** A request as text, which may be none. */
export interface RequestText {
  /** Default GET. */
  method?: string;
  /** Default /healthz, which every listener has. */
  target?: string;
  /** Default HTTP/1.1. */
  version?: string;
  /** Host header lines; default one. */
  hosts?: readonly string[];
  /** Further header lines. */
  headers?: readonly string[];
  body?: string;
  /** The connection is to stay open. Default: it ends with this request, unless that is HTTP/1.0. */
  keepAlive?: true;
}

type RawOptions = Pick<CheckRequest, "client" | "listener"> & Omit<RawRequest, "bytes" | "methods">;

/** Sends requests on one connection, which the last of them ends, and returns the first final answer. */
export function sendRaw(context: CheckContext, requests: readonly RequestText[], options: RawOptions = {}): Promise<WireResponse> {
  const { client, listener, ...raw } = options;
  const [{ method = "GET", target = "/healthz" } = {}] = requests;
  return context.send({
    method,
    target,
    ...(client === undefined ? {} : { client }),
    ...(listener === undefined ? {} : { listener }),
    raw: {
      ...raw,
      bytes: (credentials) => requests.map((request) => textOf(request, credentials)).join(""),
      methods: requests.map((request) => request.method ?? "GET"),
    },
  });
}

function textOf({ method = "GET", target = "/healthz", version = "HTTP/1.1", ...rest }: RequestText, credentials: string): string {
  const { hosts = ["Host: kubelet"], headers = [], body = "", keepAlive } = rest;
  const isOld = version === "HTTP/1.0";
  const lines = [...(isOld ? [] : hosts), ...headers, ...(keepAlive === true || isOld ? [] : ["Connection: close"])];
  return `${method} ${target} ${version}\r\n${lines.map((line) => `${line}\r\n`).join("")}${credentials}\r\n${body}`;
}

/** Requires the first final answer to have this status. */
export async function expectStatus(context: CheckContext, what: string, status: number, request: RequestText): Promise<WireResponse> {
  const response = await sendRaw(context, [request]);
  if (response.status !== status) throw new Broken(`${what} to be answered with ${status}`, describeAnswer(response));
  return response;
}

/** Requires a request to be refused: with this status, or by the connection's end. */
export async function expectRefusal(context: CheckContext, what: string, status: number, request: RequestText): Promise<void> {
  const response = await sendRaw(context, [request]).catch((error: unknown) => {
    // A refused client may still be sending when the connection goes.
    if (error instanceof WireError && (error.code === "reset" || error.code === "closed")) return undefined;
    throw error;
  });
  if (response && response.status !== status) throw new Broken(`${what} to be refused with ${status}`, describeAnswer(response));
}
