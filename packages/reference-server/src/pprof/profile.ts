import { goGzip } from "../go-gzip.ts";
import { bytes, message, text, varint } from "../protobuf.ts";

/** What a profile counts: `[type, unit]` each. */
export interface ProfileKind {
  sampleTypes: readonly (readonly [type: string, unit: string])[];
  periodType: readonly [type: string, unit: string];
  period: number;
}

const count = (name: string): ProfileKind => ({ sampleTypes: [[name, "count"]], periodType: [name, "count"], period: 1 });
const memory: ProfileKind = {
  sampleTypes: [
    ["alloc_objects", "count"],
    ["alloc_space", "bytes"],
    ["inuse_objects", "count"],
    ["inuse_space", "bytes"],
  ],
  periodType: ["space", "bytes"],
  period: 512 * 1024,
};
const contention: ProfileKind = {
  sampleTypes: [
    ["contentions", "count"],
    ["delay", "nanoseconds"],
  ],
  periodType: ["contentions", "count"],
  period: 1,
};

/** The CPU profile, a hundred samples a second. */
export const cpu: ProfileKind = {
  sampleTypes: [
    ["samples", "count"],
    ["cpu", "nanoseconds"],
  ],
  periodType: ["cpu", "nanoseconds"],
  period: 10_000_000,
};

/** The profiles that Go keeps by name (runtime/pprof Lookup). */
export const namedProfiles: ReadonlyMap<string, ProfileKind> = new Map(
  Object.entries({
    allocs: memory,
    block: contention,
    goroutine: count("goroutine"),
    heap: memory,
    mutex: contention,
    threadcreate: count("threadcreate"),
  }),
);

export interface ProfileTimes {
  /** When it ended. */
  at: Date;
  /** Of a profile that takes its time. */
  durationMs?: number;
  /** It is one profile less another: the merged profile is written by other code than the rest, which compresses harder. */
  isDelta?: true;
}

/** A profile without samples, gzip around the protocol buffer that `go tool pprof` reads (github.com/google/pprof, profile.proto). */
export function encodeProfile({ sampleTypes, periodType, period }: ProfileKind, { at, durationMs = 0, isDelta }: ProfileTimes): Buffer {
  const strings = [""];
  const index = (value: string): number => (strings.includes(value) ? strings.indexOf(value) : strings.push(value) - 1);
  const valueType = ([type, unit]: readonly [string, string]): Buffer => message(varint(1, index(type)), varint(2, index(unit)));
  const body = [
    ...sampleTypes.map((type) => bytes(1, valueType(type))),
    varint(9, BigInt(at.getTime()) * 1_000_000n),
    varint(10, BigInt(Math.round(durationMs)) * 1_000_000n),
    bytes(11, valueType(periodType)),
    varint(12, period),
  ];
  return goGzip(message(...body, ...strings.map((value) => text(6, value))), isDelta ? "default" : "fastest");
}

/** The legacy text of a profile: its head, and as much of a sample as there always is. */
export function profileText(name: string, level: number): string {
  const one = (what: string): string => `${what} profile: total 1\n1 @ 0x0\n#\t0x0\n\n`;
  switch (name) {
    case "goroutine":
      return level >= 2 ? "goroutine 1 [running]:\nmain.main()\n" : one(name);
    case "block":
      return "--- contention:\ncycles/second=1000000000\n";
    case "mutex":
      return "--- mutex:\ncycles/second=1000000000\nsampling period=0\n";
    case "threadcreate":
      return one(name);
    default:
      return "heap profile: 0: 0 [0: 0] @ heap/1048576\n\n# runtime.MemStats\n";
  }
}
