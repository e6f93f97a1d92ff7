import type { Answer, NoAnswer } from "./answer.ts";
import { compareBody } from "./compare-body.ts";
import { differing, type Difference } from "./difference.ts";
import type { RecordedAnswer, RecordedBody, RecordedExchange } from "./recording.ts";
import { normalizeHeader, relocate, type Places } from "./volatile.ts";

/** Headers that say nothing about the answer itself. */
const connectionHeaders: ReadonlySet<string> = new Set(["date", "connection", "keep-alive"]);

/** Every difference between what was recorded and what was answered; `places` maps this run's paths to the recorded node's. */
export function compareExchange(
  recorded: RecordedExchange["response"],
  answered: Answer | NoAnswer,
  places: Places,
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
    ...compareHeaders(comparableHeaders(recorded.headers, lengthOf(recorded)), answeredHeaders(recorded, answered, places)),
    ...differing("connection", String(recorded.stayedOpen === true), String(answered.stayedOpen)).map(openness),
    ...(isCompressed(recorded) ? compareGzip(recorded.body, answered.body) : compareBody(recorded.body, answered.body, places)),
  ];
}

function isCompressed({ headers }: RecordedAnswer): boolean {
  return headers.some(([name]) => name.toLowerCase() === "content-encoding");
}

/** The head of a gzip stream, which tells how it was made, is the same in every run; what follows is not. */
function compareGzip(recorded: RecordedBody, answered: Buffer): readonly Difference[] {
  if (typeof recorded === "string" || !("starts" in recorded)) return [];
  const head = (text: string): string => Buffer.from(text.slice(0, 10), "latin1").toString("hex");
  return differing("head of the gzip stream", head(recorded.starts), head(answered.toString("latin1")));
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
