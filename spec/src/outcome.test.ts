import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { classifyCheckpoint } from "./outcome.ts";
import { vocabulary } from "./vocabulary.ts";

interface Recorded {
  /** Runtime and configuration. */
  from: string;
  class: string;
  body: string;
}

/** An entry of `outcomes/corpus.yaml`: a whole answer, or a runtime's text with its gRPC code. */
type Cited = { class: string; source: string } & ({ status: number; body: string } | { code: string; text: string });

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

// Bodies that real kubelets answered over real runtimes.
const recorded = JSON.parse(read("../test/fixtures/checkpoint-failures.json")) as Recorded[];
const corpus = parse(read("../outcomes/corpus.yaml")) as Cited[];

const failed = (error: string): { status: number; body: string } => ({
  status: 500,
  body: `checkpointing of default/pod/container failed (${error})`,
});

describe("classifyCheckpoint", () => {
  it.each(recorded)("says $class of what $from answered", ({ class: expected, body }) => {
    expect(classifyCheckpoint({ status: 500, body })).toMatchObject({ class: expected, owner: expect.any(String) });
  });

  it.each(corpus)("says $class of the text in $source", (entry) => {
    expect(entry.source).toMatch(/^https:\/\/github\.com\//);
    const answer = "status" in entry ? entry : failed(`rpc error: code = ${entry.code} desc = ${entry.text}`);
    expect(classifyCheckpoint(answer).class).toBe(entry.class);
  });

  it("gives code and text of the runtime", () => {
    expect(classifyCheckpoint(failed("rpc error: code = Unimplemented desc = method CheckpointContainer not implemented"))).toEqual({
      class: "unimplemented",
      owner: "runtime",
      advice: expect.stringContaining("Upgrade"),
      code: "Unimplemented",
      message: "method CheckpointContainer not implemented",
    });
  });

  it("gives the kubelet's and the API server's words, and none of a success", () => {
    expect(classifyCheckpoint({ status: 404, body: "404 page not found\n" })).toMatchObject({ message: "404 page not found" });
    const status = JSON.stringify({ kind: "Status", message: 'nodes "a" is forbidden: User "b" cannot create resource "nodes/proxy"' });
    expect(classifyCheckpoint({ status: 403, body: status })).toMatchObject({
      class: "not-authorized",
      message: expect.stringMatching(/^nodes "a"/),
    });
    const created = classifyCheckpoint({ status: 200, body: '{"items":["/a.tar"]}' });
    expect(Object.keys(created)).toEqual(["class", "owner", "advice"]);
  });

  it("tells an answer without a body by its headers", () => {
    const answer = { status: 404, body: "" };
    expect(classifyCheckpoint({ ...answer, headers: { "X-Content-Type-Options": ["nosniff"] } }).class).toBe("gate-off");
    expect(classifyCheckpoint(answer).class).toBe("unclassified");
  });

  it("reads bodies that were cut", () => {
    const body =
      'checkpointing of default/a/b failed (rpc error: code = Unknown desc = checkpointing container "0" failed: criu failed: type DU';
    expect(classifyCheckpoint({ status: 500, body })).toMatchObject({ class: "dump-failed" });
  });

  it.each([
    { status: 500, body: "" },
    { status: 500, body: "no such thing" },
    { status: 500, body: "checkpointing of a/b/c failed (some new text)" },
    { status: 500, body: "checkpointing of a/b/c failed (rpc error: code = Internal desc = surprise)" },
    { status: 404, body: "nothing here" },
    { status: 404, body: "checkpointing of a/b/c failed (container c not found)" },
    { status: 418, body: "" },
    { status: 404, body: '{"kind":"Status","mess' },
  ])("does not guess about %j", (answer) => {
    expect(classifyCheckpoint(answer)).toMatchObject({ class: "unclassified", owner: "unknown", advice: expect.any(String) });
  });

  it.each(["{}", '{"items":[]}', '{"items":null}', "ok", ""])("says that a 200 with %j is malformed", (body) => {
    expect(classifyCheckpoint({ status: 200, body })).toMatchObject({ class: "malformed-answer", owner: "kubelet" });
  });
});

it("documents every class", () => {
  const readme = read("../outcomes/README.md");
  for (const { class: name, owner } of vocabulary().outcomes) expect(readme).toMatch(new RegExp(`^\\| ${name} .*\\| ${owner} `, "m"));
});
