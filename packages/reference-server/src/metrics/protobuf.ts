import { goFloat, type Family, type Sample } from "./exposition.ts";

/** One member of a message of io.prometheus.client, by number and name. */
interface Member {
  number: number;
  name: string;
  value: MemberValue;
}

type MemberValue =
  | { text: string }
  | { double: number }
  | { integer: number }
  | { word: string; integer: number }
  | { message: readonly Member[] };

/** MetricType of metrics.proto. */
const types: Record<Family["type"], { word: string; integer: number; number: number }> = {
  counter: { word: "COUNTER", integer: 0, number: 3 },
  gauge: { word: "GAUGE", integer: 1, number: 2 },
  summary: { word: "SUMMARY", integer: 2, number: 4 },
  histogram: { word: "HISTOGRAM", integer: 4, number: 7 },
};

/**
 * Families as length-delimited io.prometheus.client.MetricFamily messages. `createdAt` is when this process began to count, where that is told.
 */
export function delimited(families: readonly Family[], createdAt?: Date): Buffer {
  return Buffer.concat(
    families.flatMap((family) => {
      const bytes = encode(messageOf(family, createdAt));
      return [varint(bytes.length), bytes];
    }),
  );
}

/** The same messages as protobuf's text format, one after the other. */
export function protobufText(families: readonly Family[], createdAt?: Date): string {
  return families.map((family) => `${print(messageOf(family, createdAt), "")}\n`).join("");
}

/** The same messages in one line each. */
export function compactText(families: readonly Family[], createdAt?: Date): string {
  return families.map((family) => `${printCompact(messageOf(family, createdAt))}\n`).join("");
}

/** What the Go runtime and the operating system count is told by collectors that do not know since when. */
const withoutCreation = /^(?:process_|go_memstats_|go_gc_(?:duration|pauses)_|go_gc_heap_\w+_by_size_|go_sched_)/;

function messageOf({ name, help, type, samples }: Family, createdAt: Date | undefined): Member[] {
  const { word, integer } = types[type];
  const created = createdAt === undefined || type === "gauge" || withoutCreation.test(name) ? [] : creation(type, createdAt);
  return [
    { number: 1, name: "name", value: { text: name } },
    { number: 2, name: "help", value: { text: help } },
    { number: 3, name: "type", value: { word, integer } },
    ...metricsOf(type, samples, created).map((message): Member => ({ number: 4, name: "metric", value: { message } })),
  ];
}

/** The series of a family: samples that differ in `le`, `quantile` and suffix only are one. */
function metricsOf(type: Family["type"], samples: readonly Sample[], created: readonly Member[]): Member[][] {
  const series = Map.groupBy(samples, ({ labels: { le: _le, quantile: _quantile, ...labels } }) => JSON.stringify(labels));
  return [...series.values()].map((parts) => {
    const { le: _le, quantile: _quantile, ...labels } = parts[0]?.labels ?? {};
    const timestamp = parts[0]?.timestamp;
    return [
      ...Object.entries(labels).map(([name, value]): Member => ({
        number: 1,
        name: "label",
        value: {
          message: [
            { number: 1, name: "name", value: { text: name } },
            { number: 2, name: "value", value: { text: value } },
          ],
        },
      })),
      { number: types[type].number, name: type, value: { message: [...figures(type, parts), ...created] } },
      ...(timestamp === undefined ? [] : [{ number: 6, name: "timestamp_ms", value: { integer: timestamp } }]),
    ];
  });
}

/** The member created_timestamp, a google.protobuf.Timestamp. */
function creation(type: "counter" | "summary" | "histogram", createdAt: Date): Member[] {
  const milliseconds = createdAt.getTime();
  const nanos = (milliseconds % 1000) * 1_000_000;
  const seconds: Member = { number: 1, name: "seconds", value: { integer: Math.floor(milliseconds / 1000) } };
  const message = nanos === 0 ? [seconds] : [seconds, { number: 2, name: "nanos", value: { integer: nanos } }];
  return [{ number: { counter: 3, summary: 4, histogram: 15 }[type], name: "created_timestamp", value: { message } }];
}

function figures(type: Family["type"], parts: readonly Sample[]): Member[] {
  if (type === "counter" || type === "gauge") return [{ number: 1, name: "value", value: { double: parts[0]?.value ?? 0 } }];
  const valueOf = (suffix: string): number => parts.find((part) => part.suffix === suffix)?.value ?? 0;
  return [
    { number: 1, name: "sample_count", value: { integer: valueOf("_count") } },
    { number: 2, name: "sample_sum", value: { double: valueOf("_sum") } },
    ...parts.flatMap(({ labels: { le, quantile }, value }): Member[] => {
      if (quantile !== undefined) {
        return [
          { number: 3, name: "quantile", value: { message: pair("quantile", { double: Number(quantile) }, "value", { double: value }) } },
        ];
      }
      // The bucket without bound is the count itself.
      if (le === undefined || le === "+Inf") return [];
      const bucket = pair("cumulative_count", { integer: value }, "upper_bound", { double: Number(le) });
      return [{ number: 3, name: "bucket", value: { message: bucket } }];
    }),
  ];
}

function pair(first: string, value: MemberValue, second: string, other: MemberValue): Member[] {
  return [
    { number: 1, name: first, value },
    { number: 2, name: second, value: other },
  ];
}

function encode(members: readonly Member[]): Buffer {
  return Buffer.concat(
    members.flatMap(({ number, value }) => {
      if ("double" in value) {
        const bytes = Buffer.alloc(8);
        bytes.writeDoubleLE(value.double);
        return [varint((number << 3) | 1), bytes];
      }
      if ("integer" in value) return [varint(number << 3), varint(value.integer)];
      const bytes = "text" in value ? Buffer.from(value.text) : encode(value.message);
      return [varint((number << 3) | 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

function print(members: readonly Member[], indent: string): string {
  return members
    .map(({ name, value }) =>
      "message" in value
        ? `${indent}${name}: {\n${print(value.message, `${indent}  `)}${indent}}\n`
        : `${indent}${name}: ${scalar(value)}\n`,
    )
    .join("");
}

function printCompact(members: readonly Member[]): string {
  return members.map(({ name, value }) => `${name}:${"message" in value ? `{${printCompact(value.message)}}` : scalar(value)}`).join(" ");
}

function scalar(value: Exclude<MemberValue, { message: unknown }>): string {
  if ("text" in value) return JSON.stringify(value.text);
  if ("word" in value) return value.word;
  if ("integer" in value) return String(value.integer);
  return Number.isFinite(value.double) ? goFloat(value.double) : goFloat(value.double).replace(/^\+/, "").toLowerCase();
}
