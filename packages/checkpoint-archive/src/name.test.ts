import { describe, expect, test } from "vitest";

import { ArchiveError } from "./archive-error.ts";
import { type ArchiveNameParts, buildArchiveName, parseArchiveName, podFullName } from "./name.ts";

const recorded = "checkpoint-counter-lab-node_default-counter-2026-11-21T07:59:27Z.tar";

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
  throw new Error("expected an ArchiveError, but nothing was thrown");
}

/** Small generator with a fixed seed, so that a failure repeats (constants of Numerical Recipes). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomLabel(random: (below: number) => number): string {
  const inner = "ab1--";
  const outer = "xyz09";
  const pick = (alphabet: string): string => alphabet.charAt(random(alphabet.length));
  const length = random(8);
  return pick(outer) + Array.from({ length }, () => pick(inner)).join("") + pick(outer);
}

function randomParts(random: (below: number) => number): ArchiveNameParts & { offsetMinutes: number } {
  return {
    podName: Array.from({ length: 1 + random(3) }, () => randomLabel(random)).join("."),
    namespace: randomLabel(random),
    container: randomLabel(random),
    time: new Date(Date.UTC(2000 + random(60), random(12), 1 + random(28), random(24), random(60), random(60))),
    offsetMinutes: random(2 * 14 * 60) - 14 * 60,
  };
}

describe("buildArchiveName", () => {
  const parts = {
    podName: "counter-lab-node",
    namespace: "default",
    container: "counter",
    time: new Date("2026-11-21T07:59:27.900Z"),
  };

  test("gives the recorded name of a node in UTC", () => {
    expect(buildArchiveName({ ...parts, offsetMinutes: 0 })).toBe(recorded);
  });

  test("writes local time with the zone's offset", () => {
    expect(buildArchiveName({ ...parts, offsetMinutes: 120 })).toContain("-counter-2026-11-21T09:59:27+02:00.tar");
    expect(buildArchiveName({ ...parts, offsetMinutes: -420 })).toContain("-counter-2026-11-21T00:59:27-07:00.tar");
    expect(buildArchiveName({ ...parts, offsetMinutes: 345 })).toContain("-counter-2026-11-21T13:44:27+05:45.tar");
  });

  test("takes the process's own zone by default", () => {
    const offsetMinutes = -parts.time.getTimezoneOffset();
    expect(buildArchiveName(parts)).toBe(buildArchiveName({ ...parts, offsetMinutes }));
  });

  test.each([
    [{ podName: "Pod" }, "name-pod"],
    [{ podName: "a..b" }, "name-pod"],
    [{ podName: "a".repeat(254) }, "name-pod"],
    [{ namespace: "a.b" }, "name-namespace"],
    [{ namespace: "" }, "name-namespace"],
    [{ container: "-a" }, "name-container"],
    [{ container: "a".repeat(64) }, "name-container"],
    [{ container: "../x" }, "name-container"],
    [{ time: new Date(Number.NaN) }, "name-time"],
    [{ time: new Date(Date.UTC(10_000, 0)) }, "name-time"],
    [{ offsetMinutes: 1440 }, "name-time"],
    [{ offsetMinutes: 0.5 }, "name-time"],
  ])("refuses %j", (wrong, code) => {
    expect(codeOf(() => buildArchiveName({ ...parts, ...wrong }))).toBe(code);
  });

  test("podFullName joins pod and namespace", () => {
    expect(podFullName("counter-lab-node", "default")).toBe("counter-lab-node_default");
  });
});

describe("parseArchiveName", () => {
  test("reads a recorded path", () => {
    expect(parseArchiveName(`/var/lib/kubelet/checkpoints/${recorded}`)).toEqual([
      {
        directory: "/var/lib/kubelet/checkpoints",
        podName: "counter-lab-node",
        namespace: "default",
        container: "counter",
        timestamp: "2026-11-21T07:59:27Z",
        time: new Date("2026-11-21T07:59:27Z"),
        offsetMinutes: 0,
      },
    ]);
    expect(parseArchiveName(recorded)[0]?.directory).toBeNull();
  });

  test("gives each reading of a name whose namespace and container hold dashes", () => {
    const readings = parseArchiveName("checkpoint-p_kube-system-side-car-2026-11-21T07:59:27+02:00.tar");
    expect(readings.map(({ namespace, container }) => [namespace, container])).toEqual([
      ["kube", "system-side-car"],
      ["kube-system", "side-car"],
      ["kube-system-side", "car"],
    ]);
    expect(readings[0]).toMatchObject({
      offsetMinutes: 120,
      time: new Date("2026-11-21T05:59:27Z"),
    });
  });

  test("resolves the ambiguity by what is known", () => {
    const name = "checkpoint-p_kube-system-side-car-2026-11-21T07:59:27Z.tar";
    expect(parseArchiveName(name, { namespace: "kube-system" }).container).toBe("side-car");
    expect(parseArchiveName(name, { container: "car" }).namespace).toBe("kube-system-side");
    expect(codeOf(() => parseArchiveName(name, { podName: "p" }))).toBe("name-ambiguous");
    expect(codeOf(() => parseArchiveName(name, { podName: "q" }))).toBe("name-mismatch");
    expect(codeOf(() => parseArchiveName(name, { namespace: "kube-sys" }))).toBe("name-mismatch");
    expect(codeOf(() => parseArchiveName(name, { namespace: "kube", container: "car" }))).toBe("name-mismatch");
  });

  test("reads back every name that it builds, and no two different parts give one reading", () => {
    const random = randomNumbers(42);
    for (let round = 0; round < 2000; round += 1) {
      const parts = randomParts(random);
      const name = buildArchiveName(parts);
      expect(parseArchiveName(name, parts)).toEqual({
        ...parts,
        directory: null,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/),
      });
      for (const reading of parseArchiveName(`/d/${name}`)) expect(buildArchiveName(reading)).toBe(name);
    }
  });

  test.each([
    ["counter_default-c-2026-11-21T07:59:27Z.tar", "name-prefix"],
    ["checkpoint-p_n-c-2026-11-21T07:59:27Z.tar.gz", "name-suffix"],
    ["checkpoint-p_n-c-2026-11-21T07:59:27Z", "name-suffix"],
    ["checkpoint-p_n-c-2026-11-21.tar", "name-time"],
    ["checkpoint-p_n-c-2026-13-21T07:59:27Z.tar", "name-time"],
    ["checkpoint-p_n-c-2026-02-30T07:59:27Z.tar", "name-time"],
    ["checkpoint-p_n-c-2026-11-21T24:00:00Z.tar", "name-time"],
    ["checkpoint-p_n-c-2026-11-21T07:59:60Z.tar", "name-time"],
    ["checkpoint-p_n-c-2026-11-21T07:59:27.5Z.tar", "name-time"],
    ["checkpoint-p_n-c-2026-11-21T07:59:27+24:00.tar", "name-time"],
    ["checkpoint-p_n-c-2026-11-21t07:59:27z.tar", "name-time"],
    ["checkpoint-pn-c-2026-11-21T07:59:27Z.tar", "name-namespace"],
    ["checkpoint-p_q_n-c-2026-11-21T07:59:27Z.tar", "name-namespace"],
    ["checkpoint-p_N-c-2026-11-21T07:59:27Z.tar", "name-namespace"],
    ["checkpoint-P_n-c-2026-11-21T07:59:27Z.tar", "name-pod"],
    ["checkpoint-_n-c-2026-11-21T07:59:27Z.tar", "name-pod"],
    ["checkpoint-p_n-2026-11-21T07:59:27Z.tar", "name-container"],
    ["checkpoint-p_n-C-2026-11-21T07:59:27Z.tar", "name-container"],
    ["checkpoint-p_n--2026-11-21T07:59:27Z.tar", "name-container"],
    ["", "name-prefix"],
  ])("says what is wrong with %s", (name, code) => {
    expect(codeOf(() => parseArchiveName(name))).toBe(code);
  });

  test("keeps terminal escapes out of its messages", () => {
    expect(() => parseArchiveName("checkpoint-\u001b[2J_n-c-2026-11-21T07:59:27Z.tar")).toThrow(/^[\x20-\x7e]+$/);
  });
});
