import type { Answer, NoAnswer } from "./answer.ts";
import { compareBody } from "./compare-body.ts";
import { differing, type Difference } from "./difference.ts";
import { partOfLog } from "./part-of-log.ts";
import type { RecordedAnswer, RecordedBody, RecordedExchange, RecordedRequest } from "./recording.ts";
import { normalizeHeader, relocate, type Places } from "./volatile.ts";

/** Headers that say nothing about the answer itself. */
const connectionHeaders: ReadonlySet<string> = new Set(["date", "connection", "keep-alive"]);

/** Every difference between what was recorded and what was answered; `places` maps this run's paths to the recorded node's. */
export function compareExchange(
  recorded: RecordedExchange["response"],
  answered: Answer | NoAnswer,
  places: Places,
  request?: RecordedRequest,
): readonly Difference[] {
  if ("error" in recorded) {
    return "error" in answered ? [] : [{ field: "answer", recorded: "none", answered: `${answered.status} ${answered.reason}` }];
  }
  if ("error" in answered) {
    return [
      {
        field: "answer",
        recorded: `${recorded.status} ${recorded.reason ?? ""}`,
        answered: `none: ${answered.error}`,
      },
    ];
  }
  return [
    ...differing("status", String(recorded.status), String(answered.status)),
    ...(recorded.reason === undefined ? [] : differing("reason", recorded.reason, answered.reason)),
    ...compareHeaders(
      withoutFramingOfTheRun(recordedHeaders(recorded), request),
      withoutFramingOfTheRun(answeredHeaders(recorded, answered, places), request),
    ),
    ...differing("connection", String(recorded.stayedOpen === true), String(answered.stayedOpen)).map(openness),
    ...compareBodies(recorded, answered.body, places, request),
  ];
}

function compareBodies(
  recorded: RecordedAnswer,
  answered: Buffer,
  places: Places,
  request: RecordedRequest | undefined,
): readonly Difference[] {
  if (isCompressed(recorded)) return compareGzip(recorded.body, answered);
  if (isProtobuf(recorded)) return compareProtobuf(recorded.body, answered);
  return compareBody(recorded.body, answered, places, request && partOfLog(request));
}

/**
 * HEAD tells the length of a body that nobody sees, so that what varies in it cannot be taken out; and whether a profile fits into the server's buffer
 * depends on how busy the kubelet was.
 */
function withoutFramingOfTheRun(headers: Answer["headers"], request: RecordedRequest | undefined): Answer["headers"] {
  if (headers.some(([name]) => name.toLowerCase() === "content-disposition")) {
    return headers.filter(([name]) => !isLength(name) && name.toLowerCase() !== "transfer-encoding");
  }
  if (request?.method !== "HEAD" || !/^\/(?:metrics|statusz|flagz)\b/.test(request.path)) return headers;
  return headers.map(([name, value]) => [name, isLength(name) ? "<number>" : value]);
}

function isProtobuf({ headers }: RecordedAnswer): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === "content-type" && /google\.protobuf;.*encoding=delimited/.test(value));
}

/** Up to where figures of the machine may come. */
const stableBytes = 60;

/** The words of a body in bytes: names, help texts and labels. Figures stand between them, lengths follow from them. */
function compareProtobuf(recorded: RecordedBody, answered: Buffer): readonly Difference[] {
  if (typeof recorded === "object" && "hex" in recorded) return [];
  const start = (text: string): string =>
    text
      .slice(0, stableBytes)
      .match(/[ -~]{4,}/g)
      ?.slice(0, -1)
      .join("\n") ?? "";
  if (typeof recorded !== "string") return differing("beginning of the body", start(recorded.starts), start(answered.toString("latin1")));
  const words = (text: string): string => text.match(/[ -~]{4,}/g)?.join("\n") ?? "";
  return differing("words of the body", words(recorded), words(answered.toString()));
}

const gzipHead = /^\x1f[\x8b\ufffd]\x08/;

/** By its header, or as a profile is. */
function isCompressed({ headers, body }: RecordedAnswer): boolean {
  const start = typeof body === "string" ? body : "starts" in body ? body.starts : "";
  return gzipHead.test(start) || (start !== "" && headers.some(([name]) => name.toLowerCase() === "content-encoding"));
}

/** The head of a gzip stream, which tells how it was made, is the same in every run; what follows is not. */
function compareGzip(recorded: RecordedBody, answered: Buffer): readonly Difference[] {
  // A short body was kept as text, one that varies byte by byte.
  const isText = typeof recorded === "string" || !("length" in recorded) || recorded.length !== "volatile";
  const start = typeof recorded === "string" ? recorded : "starts" in recorded ? recorded.starts : "";
  const head = (text: string): string => JSON.stringify(text.slice(0, 10));
  return differing("head of the gzip stream", head(start), head(answered.toString(isText ? "utf8" : "latin1")));
}

/** Compares header lists by name, and their order when the names agree. */
export function compareHeaders(recorded: Answer["headers"], answered: Answer["headers"]): readonly Difference[] {
  const names = new Set([...recorded, ...answered].map(([name]) => name));
  const differences = [...names].flatMap((name) => differing(`header ${name}`, valuesOf(recorded, name), valuesOf(answered, name)));
  const order = (headers: Answer["headers"]) => headers.map(([name]) => name).join(", ");
  return differences.length > 0 ? differences : differing("order of headers", order(recorded), order(answered));
}

/** Drops connection management and reduces volatile values; a length that is the body's own compares as that. */
export function comparableHeaders(headers: Answer["headers"], bodyLength: number | undefined): Answer["headers"] {
  return headers
    .filter(([name]) => !connectionHeaders.has(name.toLowerCase()))
    .map(([name, value]) => [name, isLength(name) && Number(value) === bodyLength ? "<length of the body>" : normalizeHeader(name, value)]);
}

function recordedHeaders(recorded: RecordedAnswer): Answer["headers"] {
  const { body, headers } = recorded;
  // Bytes that are no text were kept as something longer: their length cannot be told any more.
  const isLossy = typeof body === "string" && body.includes("\ufffd");
  const announced = headers.find(([name]) => isLength(name))?.[1];
  return comparableHeaders(headers, isLossy && announced !== undefined ? Number(announced) : lengthOf(recorded));
}

function answeredHeaders(recorded: RecordedAnswer, answered: Answer, places: Places): Answer["headers"] {
  const headers = comparableHeaders(answered.headers, answered.body.length).map(
    ([name, value]) => [name, relocate(value, places)] as const,
  );
  // The recorder left Content-Length out where the length varies, and only there.
  const lengthLeftOut = isVolatile(recorded.body) && !recorded.headers.some(([name]) => isLength(name));
  return lengthLeftOut ? headers.filter(([name]) => !isLength(name)) : headers;
}

function isLength(name: string): boolean {
  return name.toLowerCase() === "content-length";
}

function isVolatile(body: RecordedBody): boolean {
  return typeof body === "object" && "length" in body && body.length === "volatile";
}

function lengthOf({ body }: RecordedAnswer): number | undefined {
  if (typeof body === "string") return Buffer.byteLength(body.replaceAll("{uid}", "0".repeat(32)));
  return "length" in body && typeof body.length === "number" ? body.length : undefined;
}

function valuesOf(headers: Answer["headers"], wanted: string): string {
  const values = headers.filter(([name]) => name === wanted).map(([, value]) => value);
  return values.length === 0 ? "(absent)" : values.join("\n");
}

function openness(difference: Difference): Difference {
  const words = (stayedOpen: string) => (stayedOpen === "true" ? "left open" : "closed");
  return {
    ...difference,
    recorded: words(difference.recorded),
    answered: words(difference.answered),
  };
}
