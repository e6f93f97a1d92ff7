import { describe, expect, it } from "vitest";
import { normalize, normalizeHeader, relocate } from "./volatile.ts";

describe("normalize", () => {
  it.each([
    ["2026-11-21T07:59:27Z", "<time>"],
    ["2026-11-21T07:59:27+02:00", "<time>"],
    ["2026-11-21T07:59:25.053498948Z", "<time with fraction>"],
    ["containerd://" + "0a".repeat(32), "containerd://<64 hex>"],
    ["7d91e2cb80bd13ba3ef6af352dad01a9", "<uid>"],
    ["3bb6ef6d-9b0a-4a43-9b1f-0d2a0f5d2f53", "<uid>"],
    ["{uid}", "<uid>"],
    ["ab".repeat(20), "ab".repeat(20)],
    ["pod does not exist", "pod does not exist"],
    ["2026-11-21T07:59:25.053498948Z tick 12", "<time with fraction> tick <count>"],
    [`boundary=${"ab".repeat(30)}`, "boundary=<boundary>"],
    ["goroutine profile: total 126\n20 @ 0x48dcce", "goroutine profile: <samples>"],
    ["go 1.26 trace\0\0\0\x01\x03", "go 1.26 trace\0\0\0<events>"],
    ["goroutine 5047 [running]:\nmain.main()", "<goroutines>"],
    ["--- mutex:\ncycles/second=2596124124\nsampling period=0\n", "--- mutex:\ncycles/second=<number>\nsampling period=0\n"],
    ['name:  "a"\nmetric:  {\n  gauge:  {\n    value:  1.5e+09\n  }\n}', 'name: "a"\nmetric: {\n  gauge: {\n    value: <number>\n  }\n}'],
    ['name:"a"  help:"b"  metric:{gauge:{value:1}}', 'name:"a" help:"b" metric:{gauge:{value:<number>}}'],
  ])("reduces %s to %s", (text, reduced) => {
    expect(normalize(text)).toBe(reduced);
  });

  it("leaves out the metrics family that only some runs show", () => {
    const family =
      "# HELP process_start_time_seconds [ALPHA] Start time.\n# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1.79e+09\n";
    expect(normalize(family)).toBe("");
    expect(normalize(`a 1\n${family}z 2\n`)).toBe("a 1\nz 2\n");
  });

  it("takes every delimiter of a statusz page for the same", () => {
    const page = (delimiter: string) =>
      `\nkubelet statusz\nWarning\n\nStarted${delimiter} Sat Nov 21 07:59:24 UTC 2026\nUp${delimiter} 0 hr 00 min 19 sec\nBinary version${delimiter} 1.36.4\n`;
    expect([":", ": ", " "].map((delimiter) => normalize(page(delimiter)))).toEqual(Array(3).fill(normalize(page("="))));
    expect(normalize(page("="))).not.toBe(normalize(page("=").replace("1.36.4", "1.36.5")));
  });
});

describe("normalizeHeader", () => {
  it("reduces the start of the process and nothing else that is a number", () => {
    expect(normalizeHeader("Process-Start-Time-Unix", "1795247964")).toBe("<number>");
    expect(normalizeHeader("Content-Length", "18")).toBe("18");
  });
});

describe("relocate", () => {
  it("moves this machine's paths to the recorded node's", () => {
    expect(relocate('{"items":["/tmp/x/root/checkpoints/a.tar"]}', [["/tmp/x/root", "/var/lib/kubelet"]])).toBe(
      '{"items":["/var/lib/kubelet/checkpoints/a.tar"]}',
    );
  });
});
