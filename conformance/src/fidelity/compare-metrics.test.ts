import { expect, it } from "vitest";
import { compareMetrics } from "./compare-metrics.ts";
import { compareStats } from "./compare-stats.ts";

const family = (samples: string, help = "Help.") => `# HELP a_total ${help}\n# TYPE a_total counter\n${samples}`;
const fields = (recorded: string, answered: string) => compareMetrics(recorded, answered).map(({ field }) => field);

it("takes values, times and what belongs to the machine for the same", () => {
  expect(fields(family('a_total{uid="1"} 1 17\n'), family('a_total{uid="2"} 2 18\n'))).toEqual([]);
  expect(fields(family('a_total{id="/x",name="1"} 1\n'), family('a_total{id="/y",name="2"} 2\n'))).toEqual([]);
});

it.each([
  [family("a_total 1\n"), family("a_total 1\n", "Other."), "help of a_total"],
  [family("a_total 1\n"), family("a_total 1 17\n"), "series of a_total"],
  [family('a_total{b="x"} 1\n'), family('a_total{b="y"} 1\n'), "series of a_total"],
  [family('a_total{id="/",name=""} 1\n'), family('a_total{id="/",name="2"} 1\n'), "series of a_total"],
  [family("a_total 1\n"), family("a_total 1\n") + family("b 1\n").replaceAll("a_total", "b"), "families"],
  [family("a_total 1\n"), "a_total 1\n", "metrics"],
])("tells %j from %j", (recorded, answered, field) => {
  expect(fields(recorded, answered)).toEqual([field]);
});

it("lets families that tell what happened before be absent", () => {
  const requests = family('kubelet_http_requests_total{path="pods"} 1\n').replaceAll(" a_total", " kubelet_http_requests_total");
  expect(fields(family("a_total 1\n") + requests, family("a_total 1\n"))).toEqual([]);
});

const summary = (node: object) => JSON.stringify({ node, pods: [] }, null, 1);

it("compares a summary by members and their order, not by figures", () => {
  const recorded = summary({ cpu: { usageNanoCores: 1 }, network: { interfaces: [{ name: "a" }] } });
  expect(compareStats(recorded, summary({ cpu: { usageNanoCores: 2 }, network: { interfaces: [] } }), [])).toEqual([]);
  expect(compareStats(recorded, summary({ cpu: {}, network: { interfaces: [] } }), [])).toHaveLength(1);
  expect(compareStats(recorded, JSON.stringify(JSON.parse(recorded)), [])).not.toEqual([]);
});
