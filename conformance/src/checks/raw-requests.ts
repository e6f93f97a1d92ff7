import type { CheckContext, CheckRequest } from "../engine/check.ts";
import type { RawRequest, WireResponse } from "../target/wire.ts";

/** A request in parts that need not fit. */
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

/** Sends requests, or what is none, on one connection, which the last of them ends, and returns the first final answer. */
export function sendRaw(
  context: CheckContext,
  requests: readonly (RequestText | string)[],
  options: RawOptions = {},
): Promise<WireResponse> {
  const { client, listener, ...raw } = options;
  const parts = requests.map((request): RequestText => (typeof request === "string" ? {} : request));
  const [{ method = "GET", target = "/healthz" } = {}] = parts;
  return context.send({
    method,
    target,
    ...(client === undefined ? {} : { client }),
    ...(listener === undefined ? {} : { listener }),
    raw: {
      ...raw,
      bytes: (credentials) => requests.map((request) => (typeof request === "string" ? request : textOf(request, credentials))).join(""),
      methods: parts.map((request) => request.method ?? "GET"),
    },
  });
}

function textOf({ method = "GET", target = "/healthz", version = "HTTP/1.1", ...rest }: RequestText, credentials: string): string {
  const { hosts = ["Host: kubelet"], headers = [], body = "", keepAlive } = rest;
  const isOld = version === "HTTP/1.0";
  const lines = [...(isOld ? [] : hosts), ...headers, ...(keepAlive === true || isOld ? [] : ["Connection: close"])];
  return `${method} ${target} ${version}\r\n${lines.map((line) => `${line}\r\n`).join("")}${credentials}\r\n${body}`;
}
