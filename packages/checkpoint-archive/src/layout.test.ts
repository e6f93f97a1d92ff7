import { describe, expect, test } from "vitest";

import { commonEntries, detectLayout, layoutEntries, missingCommonEntries } from "./layout.ts";

describe("layoutEntries", () => {
  test.each(["containerd", "cri-o"] as const)("%s has every common entry and is recognised", (layout) => {
    const entries = layoutEntries(layout);
    const common = entries.filter(({ presence }) => presence === "common").map(({ name }) => name);
    expect(common.toSorted()).toEqual(commonEntries.toSorted());
    expect(detectLayout(entries).layout).toBe(layout);
    expect(detectLayout(entries.toReversed()).layout).toBe(layout);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });

  test("CRI-O's checkpoint directory depends on the OCI runtime", () => {
    const modeOf = (runtime: "runc" | "crun"): number | undefined =>
      layoutEntries("cri-o", runtime).find(({ name }) => name === "checkpoint")?.mode;
    expect(modeOf("runc")).toBe(0o600);
    expect(modeOf("crun")).toBe(0o700);
  });
});

describe("detectLayout", () => {
  const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));

  test("one mark is enough, and is named", () => {
    expect(detectLayout(named("config.dump", "container.log"))).toEqual({
      layout: "containerd",
      reasons: ["has container.log, which only containerd writes"],
    });
    expect(detectLayout(named("bind.mounts")).layout).toBe("cri-o");
  });

  test("no marks or those of both engines are unknown", () => {
    expect(detectLayout(named(...commonEntries)).layout).toBe("unknown");
    const both = detectLayout(named("status", "bind.mounts"));
    expect(both.layout).toBe("unknown");
    expect(both.reasons).toHaveLength(2);
  });
});

test("missingCommonEntries names what is not there", () => {
  expect(missingCommonEntries(layoutEntries("cri-o"))).toEqual([]);
  expect(missingCommonEntries([{ name: "config.dump" }, { name: "dump.log" }])).toEqual([
    "spec.dump",
    "checkpoint/inventory.img",
    "stats-dump",
  ]);
});
