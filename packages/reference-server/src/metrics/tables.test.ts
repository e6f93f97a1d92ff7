import { minors } from "@kubelet-conformance/spec";
import { describe, expect, it } from "vitest";
import { type CadvisorRow, cadvisorTable, gatesAt, type KubeletRow, kubeletTable, rowsAt } from "./tables.ts";

const types = ["counter", "gauge", "histogram", "summary"];

const tables: [string, readonly (KubeletRow | CadvisorRow)[]][] = [
  ["kubelet", kubeletTable],
  ["cadvisor", cadvisorTable],
];

describe.each(tables)("the table %s", (_name, table) => {
  it.each(minors)("has every family once at %s", (minor) => {
    const names = rowsAt<KubeletRow | CadvisorRow>(table, minor).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(50);
  });

  it("has types and help texts as exposition knows them", () => {
    expect(table.filter(({ type, help }) => !types.includes(type) || typeof help !== "string")).toEqual([]);
  });
});

it("says how many buckets or quantiles a distribution has", () => {
  const bare = kubeletTable.filter(
    ({ type, bounds = [], quantiles = [] }) =>
      (type === "histogram" && bounds.length === 0) || (type === "summary" && quantiles.length === 0),
  );
  expect(bare).toEqual([]);
});

it("knows the cgroups that cAdvisor tells of", () => {
  const kinds = new Set(cadvisorTable.flatMap(({ of }) => of));
  expect([...kinds].toSorted()).toEqual(["container", "machine", "parent", "pod", "root", "sandbox"]);
});

it("knows the gates from 1.30 on", () => {
  expect(gatesAt("1.29").size).toBe(0);
  expect(gatesAt("1.37").get("ContainerCheckpoint")).toMatchObject({ stage: "BETA", enabled: true });
});
