import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classifyOutcome } from "./outcome.ts";

interface Recorded {
  /** Runtime and configuration. */
  from: string;
  class: string;
  body: string;
}

// Bodies that real kubelets answered over real runtimes.
const recorded = JSON.parse(readFileSync(new URL("../test/fixtures/checkpoint-failures.json", import.meta.url), "utf8")) as Recorded[];

describe("classifyOutcome", () => {
  it.each(recorded)("says $class of what $from answered", ({ class: expected, body }) => {
    expect(classifyOutcome(body)).toMatchObject({ class: expected, owner: expect.any(String), advice: expect.any(String) });
  });

  it("gives code and text of the runtime", () => {
    const body = "checkpointing of default/a/b failed (rpc error: code = Unimplemented desc = method CheckpointContainer not implemented)";
    expect(classifyOutcome(body)).toMatchObject({
      owner: "runtime",
      code: "Unimplemented",
      message: "method CheckpointContainer not implemented",
    });
  });

  it("reads bodies that were cut", () => {
    const body =
      'checkpointing of default/a/b failed (rpc error: code = Unknown desc = checkpointing container "0" failed: criu failed: type DU';
    expect(classifyOutcome(body)).toMatchObject({ class: "dump-failed" });
  });

  it.each([
    "",
    "no such thing",
    "checkpointing of a/b/c failed (some new text)",
    "checkpointing of a/b/c failed (rpc error: code = Internal desc = surprise)",
  ])("does not guess about %j", (body) => {
    expect(classifyOutcome(body)).toEqual({ class: "unclassified" });
  });
});
