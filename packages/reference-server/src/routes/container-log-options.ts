// Outside the spec for now, like the route that reads them.
import type { Query } from "../http/target.ts";

/** v1.PodLogOptions as far as they are acted on. */
export interface LogOptions {
  previous: boolean;
  timestamps: boolean;
  since: Date | undefined;
  tailLines: number | undefined;
  limitBytes: number | undefined;
  stream: string;
}

/** Reads the query of /containerLogs: what cannot be decoded comes before what is invalid. */
export function parseLogOptions(query: Query, knowsStreams: boolean): LogOptions | "undecodable" | "invalid" {
  const numbers = ["sinceSeconds", "tailLines", "limitBytes"].map((name) => query.first(name));
  const sinceTime = query.first("sinceTime");
  const hasSinceTime = sinceTime !== undefined && sinceTime !== "" && sinceTime !== "null";
  if (numbers.some((text) => text !== undefined && !/^[+-]?\d{1,18}$/.test(text))) return "undecodable";
  if (
    hasSinceTime &&
    (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(sinceTime) || Number.isNaN(Date.parse(sinceTime)))
  ) {
    return "undecodable";
  }
  const [sinceSeconds, given, limitBytes] = numbers.map((text) => (text === undefined ? undefined : Number(text)));
  const legacy = query.first("tail");
  const tailLines = legacy === undefined ? given : legacy === "all" ? undefined : Number(legacy);
  const stream = knowsStreams ? (query.first("stream") ?? "All") : "All";
  const isInvalid =
    (tailLines !== undefined && !(tailLines >= 0)) ||
    (limitBytes !== undefined && limitBytes < 1) ||
    (sinceSeconds !== undefined && (sinceSeconds < 1 || sinceTime !== undefined)) ||
    !["All", "Stdout", "Stderr"].includes(stream) ||
    (stream !== "All" && tailLines !== undefined);
  if (isInvalid) return "invalid";
  return {
    previous: flag(query, "previous"),
    timestamps: flag(query, "timestamps"),
    since: hasSinceTime ? new Date(sinceTime) : sinceSeconds === undefined ? undefined : new Date(Date.now() - sinceSeconds * 1000),
    tailLines,
    limitBytes,
    stream,
  };
}

/** Anything but 0 and false is true, the empty text included. */
function flag(query: Query, name: string): boolean {
  const value = query.first(name);
  return value !== undefined && value !== "0" && value.toLowerCase() !== "false";
}
