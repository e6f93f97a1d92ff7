import { expect, it } from "vitest";
import { expose, gathered, goFloat } from "./exposition.ts";
import { compactText, delimited, protobufText } from "./protobuf.ts";

it.each([
  [0, "0"],
  [1, "1"],
  [774_144, "774144"],
  [3_055_616, "3.055616e+06"],
  [0.000_14, "0.00014"],
  [0.000_05, "5e-05"],
  [2536.351_603_298, "2536.351603298"],
  [2 ** 64, "1.8446744073709552e+19"],
  [Infinity, "+Inf"],
  [-Infinity, "-Inf"],
  [Number.NaN, "NaN"],
])("writes %s as Go does", (value, text) => {
  expect(goFloat(value)).toBe(text);
});

const gauge = {
  name: "b_gauge",
  help: 'A "gauge"\\ of\ntwo lines.',
  type: "gauge" as const,
  samples: [{ labels: { a: 'x"\\\n' }, value: 0 }],
};
const histogram = {
  name: "a_seconds",
  help: "Seconds.",
  type: "histogram" as const,
  samples: [
    { suffix: "_bucket", labels: { le: "0.5" }, value: 1 },
    { suffix: "_bucket", labels: { le: "+Inf" }, value: 300 },
    { suffix: "_sum", labels: {}, value: 2 },
    { suffix: "_count", labels: {}, value: 300 },
  ],
};

it("escapes help texts and labels, each in its way", () => {
  expect(expose([gauge])).toBe('# HELP b_gauge A "gauge"\\\\ of\\ntwo lines.\n# TYPE b_gauge gauge\nb_gauge{a="x\\"\\\\\\n"} 0\n');
});

it("sorts families and leaves those without samples out", () => {
  const names = gathered([gauge, histogram, { ...gauge, name: "c", samples: [] }]).map(({ name }) => name);
  expect(names).toEqual(["a_seconds", "b_gauge"]);
});

it("writes protobuf as expfmt does: the unbounded bucket is the count", () => {
  const family = "0a09615f7365636f6e647312085365636f6e64732e1804";
  const bucket = "1a0b080111000000000000e03f";
  const metric = `221b3a1908ac02110000000000000040${bucket}`;
  expect(delimited([histogram]).toString("hex")).toBe(`34${family}${metric}`);
});

it("tells since when it counts, but for what the runtime and the process tell", () => {
  const counter = { name: "a_total", help: "A.", type: "counter" as const, samples: [{ labels: {}, value: 1 }] };
  const since = new Date(1_700_000_000_250);
  const created = " created_timestamp:{seconds:1700000000 nanos:250000000}";
  expect(compactText([counter], since)).toBe(`name:"a_total" help:"A." type:COUNTER metric:{counter:{value:1${created}}}\n`);
  expect(compactText([histogram], since)).toContain(`upper_bound:0.5}${created}}}\n`);
  expect(delimited([counter], new Date(1_700_000_000_000)).toString("hex")).toMatch(/1a060880e2cfaa06$/);
  for (const name of ["process_cpu_seconds_total", "go_memstats_frees_total", "go_sched_latencies_seconds"]) {
    expect(compactText([{ ...counter, name }], since)).not.toContain("created");
  }
  expect(compactText([gauge], since)).not.toContain("created");
});

it("writes protobuf as text", () => {
  expect(protobufText([{ ...gauge, help: "Gauge.", samples: [{ labels: { a: "x" }, value: 1.5, timestamp: 17 }] }])).toBe(
    'name: "b_gauge"\nhelp: "Gauge."\ntype: GAUGE\nmetric: {\n  label: {\n    name: "a"\n    value: "x"\n  }\n  gauge: {\n    value: 1.5\n  }\n  timestamp_ms: 17\n}\n\n',
  );
  expect(compactText([{ ...gauge, help: "Gauge.", samples: [{ labels: {}, value: Infinity }] }])).toBe(
    'name:"b_gauge" help:"Gauge." type:GAUGE metric:{gauge:{value:inf}}\n',
  );
});
