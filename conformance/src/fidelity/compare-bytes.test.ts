import { describe, expect, it } from "vitest";
import type { Answer } from "./answer.ts";
import { compareExchange } from "./compare.ts";
import type { RecordedAnswer } from "./recording.ts";

describe("answers in bytes", () => {
  const type = (value: string) => [["Content-Type", value]] as const;
  const of = (headers: Answer["headers"], body: Buffer): Answer => ({ status: 200, reason: "OK", headers, body, stayedOpen: false });
  const response = (headers: Answer["headers"], body: RecordedAnswer["body"]): RecordedAnswer => ({
    status: 200,
    reason: "OK",
    headers,
    body,
  });
  const fieldsOf = (recorded: RecordedAnswer, answered: Answer, request?: { method: string; path: string }) =>
    compareExchange(recorded, answered, [], request).map(({ field }) => field);

  it("compares the words of protocol buffers, not the figures between them", () => {
    const headers = type("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");
    const body = (name: string, ...figure: number[]) =>
      Buffer.concat([Buffer.of(9, 10, name.length), Buffer.from(name), Buffer.of(0x22, ...figure)]);
    const recorded = response([...headers, ["Content-Length", "19"]], body("seconds_total", 0x98, 0xff).toString());
    const answered = of([...headers, ["Content-Length", "18"]], body("seconds_total", 0x81));
    expect(fieldsOf(recorded, answered)).toEqual([]);
    expect(fieldsOf(recorded, of(answered.headers, body("minutes_total", 0x81)))).toEqual(["words of the body"]);
  });

  it("compares the head of a profile, whether it was kept as bytes or as text", () => {
    const headers = type("application/octet-stream");
    const gzip = Buffer.from("1f8b08000000000004ff0102", "hex");
    const other = Buffer.from("1f8b0800000000000003ff01", "hex");
    const kept = { length: "volatile", starts: gzip.toString("latin1") } as const;
    for (const body of [gzip.toString(), kept]) {
      expect(fieldsOf(response(headers, body), of(headers, gzip))).toEqual([]);
      expect(fieldsOf(response(headers, body), of(headers, other))).toEqual(["head of the gzip stream"]);
    }
  });

  it("does not take another text of the same length for the recorded one", () => {
    const recorded = response([], { sha256: "0".repeat(64), length: 4, starts: "abc" });
    expect(fieldsOf(recorded, of([], Buffer.from("abcd")))).toEqual(["digest of the body"]);
    expect(fieldsOf(recorded, of([], Buffer.from("abcde")))).toEqual(["length of the body"]);
  });

  it("leaves out the length that HEAD tells of metrics, and of nothing else", () => {
    const [recorded, answered] = [response([["Content-Length", "182"]], ""), of([["Content-Length", "183"]], Buffer.alloc(0))];
    expect(fieldsOf(recorded, answered, { method: "HEAD", path: "/metrics/probes" })).toEqual([]);
    expect(fieldsOf(recorded, answered, { method: "HEAD", path: "/pods" })).toEqual(["header Content-Length"]);
  });
});
