import type { LogStream } from "../container-logs/log-line.ts";
import type { Query } from "../http/target.ts";
import { parseRfc3339 } from "../rfc3339.ts";

/** v1.PodLogOptions as far as they are acted on. */
export interface LogOptions {
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  /** Nanoseconds since the epoch. */
  since: bigint | undefined;
  tailLines: bigint | undefined;
  limitBytes: bigint | undefined;
  /** Undefined: both. */
  stream: LogStream | undefined;
}

const streams: Readonly<Partial<Record<string, LogStream>>> = { Stdout: "stdout", Stderr: "stderr" };

/** Reads the query of /containerLogs: what cannot be decoded comes before what is invalid. Names and values are case-sensitive. */
export function parseLogOptions(query: Query, knowsStreams: boolean): LogOptions | "undecodable" | "invalid" {
  const legacy = query.first("tail") ?? "";
  const [sinceSeconds, limitBytes, tailLines] = [
    query.first("sinceSeconds"),
    query.first("limitBytes"),
    legacy === "" ? query.first("tailLines") : legacy === "all" ? undefined : legacy,
  ].map(parseInt64);
  const sinceTime = parseSinceTime(query.first("sinceTime"));
  if ([sinceSeconds, limitBytes, tailLines, sinceTime].includes("undecodable")) return "undecodable";
  const options = { sinceSeconds, limitBytes, tailLines, sinceTime } as Numbers; // None of them is the word any more.
  const stream = knowsStreams ? (query.first("stream") ?? "All") : "All";
  if (!isValid(options, stream)) return "invalid";
  return {
    follow: flag(query, "follow"),
    previous: flag(query, "previous"),
    timestamps: flag(query, "timestamps"),
    since: since(options),
    tailLines: options.tailLines,
    limitBytes: options.limitBytes,
    stream: streams[stream],
  };
}

interface Numbers {
  sinceSeconds: bigint | undefined;
  limitBytes: bigint | undefined;
  tailLines: bigint | undefined;
  /** Null: given, but as nothing. */
  sinceTime: bigint | null | undefined;
}

/** ValidatePodLogOptions. */
function isValid({ sinceSeconds, limitBytes, tailLines, sinceTime }: Numbers, stream: string): boolean {
  if (tailLines !== undefined && tailLines < 0n) return false;
  if (limitBytes !== undefined && limitBytes < 1n) return false;
  if (sinceSeconds !== undefined && (sinceSeconds < 1n || sinceTime !== undefined)) return false;
  return stream === "All" || (streams[stream] !== undefined && tailLines === undefined);
}

function since({ sinceSeconds, sinceTime }: Numbers): bigint | undefined {
  if (sinceSeconds === undefined) return sinceTime ?? undefined;
  // time.Duration is an int64 that overflows in silence.
  return BigInt(Date.now()) * 1_000_000n - BigInt.asIntN(64, sinceSeconds * 1_000_000_000n);
}

function parseInt64(text: string | undefined): bigint | undefined | "undecodable" {
  if (text === undefined) return undefined;
  if (!/^[+-]?\d+$/.test(text)) return "undecodable";
  const value = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? value : "undecodable";
}

function parseSinceTime(text: string | undefined): bigint | null | undefined | "undecodable" {
  if (text === undefined) return undefined;
  if (text === "" || text === "null") return null;
  return parseRfc3339(text)?.nanoseconds ?? "undecodable";
}

/** Anything but 0 and false is true, the empty text included. */
function flag(query: Query, name: string): boolean {
  const value = query.first(name);
  return value !== undefined && value !== "0" && value.toLowerCase() !== "false";
}
