import type { WireResponse } from "./wire.ts";

type RawAnswer = Omit<WireResponse, "durationMs" | "connection">;

/** All HTTP/1 answers of a connection, in order; `methods` are those of the requests. What does not parse ends the list. */
export function parseAnswers(bytes: Buffer, methods: readonly string[]): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  for (let request = 0; rest.length > 0;) {
    const found = parseAnswer(rest, methods[request] ?? "GET");
    if (found === undefined) break;
    answers.push(found.answer);
    rest = rest.subarray(found.size);
    // An interim answer leaves its request open.
    if (found.answer.status >= 200) request++;
  }
  return answers;
}

function parseAnswer(bytes: Buffer, method: string): { answer: RawAnswer; size: number } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const [whole, httpVersion = "", status = "", reason = ""] = /^HTTP\/(\d\.\d) (\d{3}) ?(.*)$/.exec(statusLine) ?? [];
  if (whole === undefined) return undefined;
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const head = { status: Number(status), reason, headers, httpVersion };
  const { body, size } = bodyOf(head, method, bytes.subarray(end + 4));
  return { answer: { ...head, body }, size: end + 4 + size };
}

function bodyOf({ status, headers }: Pick<RawAnswer, "status" | "headers">, method: string, rest: Buffer): { body: Buffer; size: number } {
  const value = (wanted: string): string | undefined => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return { body: Buffer.alloc(0), size: 0 };
  if (value("transfer-encoding") === "chunked") return dechunk(rest);
  const length = value("content-length");
  const size = length === undefined ? rest.length : Math.min(Number(length), rest.length);
  return { body: rest.subarray(0, size), size };
}

function dechunk(bytes: Buffer): { body: Buffer; size: number } {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    // A trailer is nothing that a kubelet sends.
    if (!(size > 0)) return { body: Buffer.concat(parts), size: size === 0 ? lineEnd + 4 : bytes.length };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
