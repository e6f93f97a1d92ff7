import type { Socket } from "node:net";
import type { KubeletRequest } from "../../http/message.ts";
import { dial } from "./dial.ts";
import { readRuntimeAnswer, type RuntimeAnswer } from "./runtime-answer.ts";

type Header = readonly [name: string, value: string];

/** An upgrade request to the runtime's streaming server. */
export interface UpgradeRequest {
  readonly method: string;
  /** The Host header. */
  readonly host: string;
  readonly headers: readonly Header[];
}

/** Headers that Go's client writes by itself, in its own place. */
const placed = new Set(["host", "user-agent", "content-length", "transfer-encoding", "trailer"]);

/** Sends an upgrade request as Go's http.Request.Write does, and reads the answer. Rejects in Go's words. */
export async function dialForUpgrade(
  url: URL,
  { method, host, headers }: UpgradeRequest,
): Promise<{ answer: RuntimeAnswer; connection: Socket }> {
  const connection = await dial(url);
  connection.on("error", () => connection.destroy());
  const agent = headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1] ?? "Go-http-client/1.1";
  const sorted = headers
    .filter(([name]) => !placed.has(name.toLowerCase()))
    .map(([name, value]): Header => [canonicalName(name), value])
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const all: Header[] = [
    ["Host", host],
    ["User-Agent", agent],
    ...(method === "POST" ? [["Content-Length", "0"] as const] : []),
    ...sorted,
  ];
  const lines = all.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  connection.write(`${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines}\r\n`);
  try {
    return { answer: await readRuntimeAnswer(connection), connection };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** The client's request as the kubelet passes it on: one more address in X-Forwarded-For. */
export function forwardedRequest({ method, rawHeaders, remoteAddress }: KubeletRequest): UpgradeRequest {
  const others = rawHeaders.filter(([name]) => !["host", "x-forwarded-for"].includes(name.toLowerCase()));
  const values = (wanted: string): string[] => rawHeaders.flatMap(([name, value]) => (name.toLowerCase() === wanted ? value : []));
  return {
    method,
    host: values("host")[0] ?? "",
    headers: [...others, ["X-Forwarded-For", [...values("x-forwarded-for"), remoteAddress].join(", ")]],
  };
}

/** textproto.CanonicalMIMEHeaderKey. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
