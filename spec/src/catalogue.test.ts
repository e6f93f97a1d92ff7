import { describe, expect, it } from "vitest";
import { holdsFor, requirements } from "./catalogue.ts";
import type { Requirement } from "./requirement.ts";

const base: Requirement = {
  id: "a.b",
  area: "a",
  level: "MUST",
  title: "MUST be",
  provenance: "observed",
  sources: [{ recording: "x" }],
  since: "1.29",
  until: "1.32",
  profile: "core",
};

describe("holdsFor", () => {
  it.each([
    ["1.28", false],
    ["v1.28.15", false],
    ["1.29", true],
    ["v1.30.0", true],
    ["1.32.9+k3s1", true],
    ["1.33", false],
    ["1.24", false],
    ["not a version", false],
  ])("takes the range at its word at %s", (version, holds) => {
    expect(holdsFor(base, version)).toBe(holds);
  });

  it.each([
    ["v1.29.13", false],
    ["v1.29.14", true],
    ["1.29", true],
    ["v1.30.9", false],
    ["v1.30.10", true],
    ["v1.31.0", true],
  ])("counts patches of a fix that was backported at %s", (version, holds) => {
    expect(holdsFor({ ...base, patches: ["1.29.14", "1.30.10"] }, version)).toBe(holds);
  });
});

describe("requirements", () => {
  it("are complete after their defaults", () => {
    const incomplete = requirements().filter(
      ({ id, area, level, title, since }) => !title.startsWith(`${level} `) || !id.startsWith(`${area}.`) || !/^1\.\d+$/.test(since),
    );
    expect(incomplete).toEqual([]);
    expect(requirements().length).toBeGreaterThanOrEqual(100);
  });
});
