/** What a kubelet answered, as it came over the wire. */
export interface Answer {
  status: number;
  /** Empty over HTTP/2. */
  reason: string;
  /** In wire order and case. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  /** The answer was complete and the kubelet left the connection open. */
  stayedOpen: boolean;
}

/** No answer came. */
export interface NoAnswer {
  error: string;
}

/** Reads an HTTP/1.1 answer out of all bytes of a connection; undefined until its head is complete. */
export function parseAnswer(bytes: Buffer): (Answer & { complete: boolean }) | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const [, status = "", reason = ""] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(statusLine) ?? [];
  const headers = lines.map(parseHeader);
  const payload = bytes.subarray(end + 4);
  return { status: Number(status), reason, headers, stayedOpen: false, ...frame(headers, payload) };
}

function parseHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/** `complete` is a guess while bytes may still come: a HEAD answer announces a length that never follows. */
function frame(headers: Answer["headers"], payload: Buffer): { body: Buffer; complete: boolean } {
  const value = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (value("transfer-encoding") === "chunked") return dechunk(payload);
  const length = value("content-length");
  return { body: payload, complete: length === undefined || payload.length >= Number(length) };
}

function dechunk(payload: Buffer): { body: Buffer; complete: boolean } {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = payload.indexOf("\r\n", at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(payload.subarray(at, lineEnd).toString("latin1"), 16);
    if (!(size > 0)) return { body: Buffer.concat(parts), complete: size === 0 };
    parts.push(payload.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
