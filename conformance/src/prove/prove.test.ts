import { requirements } from "@kubelet-conformance/spec";
import { describe, expect, test } from "vitest";
import { prepareGround } from "../testbed/ground.ts";
import { deviationOf } from "./deviations.ts";
import { jobsFor } from "./jobs.ts";
import { createStand } from "./stand.ts";
import { tryDeviation } from "./try-deviation.ts";

describe("prove", () => {
  test("every requirement that can be seen has a deviation and a scenario that decides it", () => {
    const seen = requirements().filter(({ unobservable }) => unobservable === undefined);
    expect(seen.filter(({ id }) => !deviationOf(id)).map(({ id }) => id)).toEqual([]);
    expect(jobsFor(seen).filter(({ scenarios }) => scenarios.length === 0)).toEqual([]);
  });

  test("a requirement of one scenario is tried there, on the newest minor it speaks about", () => {
    const wanted = requirements().filter(({ id }) => id === "checkpoint.response.gate-off" || id === "checkpoint.response.forbidden");
    expect(jobsFor(wanted)).toEqual([
      { id: "checkpoint.response.forbidden", minor: "1.37", scenarios: ["authorization"] },
      { id: "checkpoint.response.gate-off", minor: "1.37", scenarios: ["gate-off"] },
    ]);
  });

  test("a deviation is caught by its own check", async () => {
    const ground = await prepareGround();
    const stand = createStand(ground);
    try {
      const [job] = jobsFor(requirements().filter(({ id }) => id === "health.check.ping"));
      expect(job && (await tryDeviation(job, stand))).toMatchObject({
        id: "health.check.ping",
        killed: true,
        verdict: "failed",
        collateral: [],
      });
    } finally {
      await stand.stop();
      await ground.remove();
    }
  });
});
