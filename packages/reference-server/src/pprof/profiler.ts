import { behaviour } from "@kubelet-conformance/types";
import { Readable } from "node:stream";
import { setTimeout as after } from "node:timers/promises";
import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { parseQuery, type Query } from "../http/target.ts";
import { httpError, typedText } from "../http/answers.ts";
import type { RouteContext } from "../routes/route-handler.ts";
import { parseInteger } from "./integer.ts";
import { cpu, encodeProfile, namedProfiles, profileText, type ProfileKind } from "./profile.ts";

/** What a process does one at a time. */
export interface Profiler {
  isProfiling: boolean;
  isTracing: boolean;
}

/** Both of net/http/pprof end when the client goes away. */
export async function cpuProfile({ kubelet, request, target }: RouteContext): Promise<KubeletAnswer> {
  const { profiler } = kubelet;
  const asked = parseInteger(parseQuery(target.rawQuery).first("seconds") ?? "");
  const seconds = asked === undefined || asked <= 0n ? 30n : asked;
  if (exceeds(Number(seconds), kubelet.minor)) return tooLong;
  if (profiler.isProfiling) return pprofError(500, "Could not enable CPU profiling: cpu profiling already in use");
  profiler.isProfiling = true;
  const durationMs = milliseconds(seconds);
  try {
    await pause(durationMs, request);
    return streamed(attachment("profile", encodeProfile(cpu, { at: new Date(), durationMs })));
  } finally {
    profiler.isProfiling = false;
  }
}

/** An execution trace, whose head is there at once. */
export function executionTrace({ kubelet, request, target }: RouteContext): KubeletAnswer {
  const { profiler } = kubelet;
  const asked = Number(parseQuery(target.rawQuery).first("seconds") ?? "");
  const seconds = asked > 0 ? asked : 1;
  if (exceeds(seconds, kubelet.minor)) return tooLong;
  const { traceVersion, traceBusy } = behaviour("pprof", kubelet.minor);
  if (profiler.isTracing) return pprofError(500, `Could not enable tracing: ${traceBusy}`);
  profiler.isTracing = true;
  async function* events(): AsyncGenerator<Buffer> {
    try {
      yield Buffer.from(`go ${traceVersion} trace\0\0\0`);
      await pause(seconds * 1000, request);
    } finally {
      profiler.isTracing = false;
    }
  }
  return attachment("trace", Readable.from(events()));
}

/** A profile by name, as it stands or, with `seconds`, what is added to it meanwhile (net/http/pprof handler). */
export async function namedProfile(name: string, { kubelet, request, target }: RouteContext): Promise<KubeletAnswer> {
  const kind = namedProfiles.get(name);
  if (kind === undefined) return pprofError(404, "Unknown profile");
  const query = parseQuery(target.rawQuery);
  const level = levelOf(query);
  const seconds = query.first("seconds") ?? "";
  if (seconds !== "") return await delta({ name, kind, level, seconds, minor: kubelet.minor, request });
  // Only heap profiles take a negative level for a text (runtime/pprof Profile.WriteTo).
  if (level < 0 && !["allocs", "heap"].includes(name))
    return filled(name, { ...typedText(""), body: encodeProfile(kind, { at: new Date() }) });
  if (level !== 0) return filled(name, typedText(profileText(name, level)));
  return filled(name, attachment(name, encodeProfile(kind, { at: new Date() })));
}

interface Delta {
  name: string;
  kind: ProfileKind;
  level: number;
  seconds: string;
  minor: string;
  request: KubeletRequest;
}

async function delta({ name, kind, level, seconds: text, minor, request }: Delta): Promise<KubeletAnswer> {
  const seconds = parseInteger(text);
  if (seconds === undefined || seconds <= 0n) return pprofError(400, 'invalid value for "seconds" - must be a positive integer');
  if (exceeds(Number(seconds), minor)) return tooLong;
  if (level !== 0) return pprofError(400, "seconds and debug params are incompatible");
  const durationMs = milliseconds(seconds);
  await pause(durationMs, request);
  const profile = attachment(`${name}-delta`, encodeProfile(kind, { at: new Date(), durationMs, isDelta: true }));
  // Between two moments nothing need be allocated, but goroutines come and go.
  return name === "goroutine" ? streamed(profile) : profile;
}

/** A kubelet at work fills these with more than net/http buffers, so that they come without a length. */
function filled(name: string, answer: KubeletAnswer): KubeletAnswer {
  return ["allocs", "goroutine", "heap"].includes(name) ? streamed(answer) : answer;
}

function streamed(answer: KubeletAnswer): KubeletAnswer {
  return { ...answer, body: Readable.from([answer.body]) };
}

/** A profile, as pprof sends it. */
export function attachment(name: string, body: KubeletAnswer["body"]): KubeletAnswer {
  return {
    status: 200,
    headers: [
      ["Content-Disposition", `attachment; filename="${name}"`],
      ["Content-Type", "application/octet-stream"],
      ["X-Content-Type-Options", "nosniff"],
    ],
    body,
  };
}

function pprofError(status: number, text: string): KubeletAnswer {
  const error = httpError(status, text);
  return { ...error, headers: [...error.headers, ["X-Go-Pprof", "1"]] };
}

const tooLong = pprofError(400, "profile duration exceeds server's WriteTimeout");

function exceeds(seconds: number, minor: string): boolean {
  const { secondsRefused } = behaviour("pprof", minor);
  return secondsRefused !== null && seconds >= secondsRefused;
}

/** The `debug` parameter: what is no number is 0, and one too long for a number is a large one. */
function levelOf(query: Query): number {
  const text = query.first("debug") ?? "";
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

/** `time.Duration(seconds) * time.Second`, which wraps around beyond 63 bits. */
function milliseconds(seconds: bigint): number {
  return Math.max(0, Number(BigInt.asIntN(64, seconds * 1_000_000_000n)) / 1e6);
}

/** The longest time that a timer takes. */
const longestMs = 2 ** 31 - 1;

async function pause(ms: number, { signal }: KubeletRequest): Promise<void> {
  await after(Math.min(ms, longestMs), undefined, { signal }).catch(() => {});
}
