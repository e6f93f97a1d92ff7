import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readSpec } from "../scripts/read-spec.ts";
import { sources } from "./sources.support.ts";

const spec = join(import.meta.dirname, "..");

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "spec-"));
  for (const name of sources) cpSync(join(spec, name), join(root, name), { recursive: true });
  // The real translations are large, and tested by themselves.
  mkdirSync(join(root, "messages"));
  for (const language of ["zh", "ja", "ko"])
    writeFileSync(join(root, "messages", `${language}.yaml`), "{ titles: {}, vocabulary: {}, texts: {}, sentences: {} }\n");
  writeFileSync(join(root, "messages/en.yaml"), "{ texts: [], sentences: [] }\n");
});
afterEach(() => rmSync(root, { recursive: true }));

function problems(): string {
  return readSpec(root).problems.join("\n");
}

async function build(): Promise<{ code: number; output: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(spec, "scripts/build.ts"), root]);
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string }; // execFile rejects with these for an exit code
    return { code, output: stderr };
  }
}

function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(root, file), "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not hold ${String(from)}`);
  writeFileSync(join(root, file), after);
}

/** A small area file that is right, for tests that plant one error. */
function plant(entry: string): void {
  writeFileSync(
    join(root, "requirements/health.yaml"),
    `area: health
defaults: { profile: core, since: "1.25", level: MUST, provenance: observed }
requirements:
  - id: health.one
    title: MUST be one
    sources: [{ recording: default/healthz.plain }]
${entry
  .split("\n")
  .map((line) => `    ${line}`)
  .join("\n")}
`,
  );
}

describe("build", () => {
  it("writes everything that the packages load", async () => {
    expect(await build()).toMatchObject({ code: 0 });
    const data = ["requirements", "behaviours", "vocabulary", "proxy-changes"].map((name) => `data/${name}.json`);
    const names = [...data, "data/changes.json", "openapi/openapi.json", "openapi/openapi.yaml"];
    const minors = [
      "openapi/kubelet-1.25.json",
      "openapi/kubelet-1.37.json",
      "openapi/kubelet-1.37.yaml",
      "data/sets/1.25.json",
      "data/sets/1.37.json",
    ];
    expect([...names, ...minors].filter((name) => !existsSync(join(root, "dist", name)))).toEqual([]);
    const document = readFileSync(join(root, "dist/openapi/kubelet-1.33.json"), "utf8");
    expect(document).not.toContain('"x-kubernetes');
    expect(parse(readFileSync(join(root, "dist/openapi/kubelet-1.33.yaml"), "utf8"))).toEqual(JSON.parse(document));
  });

  it.each([
    ["operation: getHealth", 'requirements/health.yaml:7: health.one: unknown operation "getHealth"; use one of checkpointContainer'],
    ["needs: [money]", 'requirements/health.yaml:7: health.one: unknown need "money"; use one of credentials'],
    ["profile: gold", 'requirements/health.yaml:7: health.one: unknown profile "gold"'],
    ['until: "1.99"', 'requirements/health.yaml:7: health.one: until "1.99" is not a covered minor; use one of 1.25 to 1.37'],
    ['since: "1.30"\nuntil: "1.29"', "requirements/health.yaml:8: health.one: until 1.29 is before since 1.30; swap them"],
    ['patches: ["1.9.1"]', "requirements/health.yaml:7: health.one: 1.9.1 is of no covered minor"],
    ["level: SHOULD", 'requirements/health.yaml:5: health.one: the title begins with "SHOULD "'],
    ["level: MIGHT", 'requirements/health.yaml:7: health.one: "level" must be one of MUST, SHOULD, MAY'],
    ["colour: blue", 'requirements/health.yaml:7: health.one: unknown member "colour"; remove it or correct its name'],
    ["when: { runtime: [sleepy] }", 'requirements/health.yaml:7: health.one: unknown outcome class "sleepy"'],
    [
      "exchange: { request: {}, expect: { status: 200 } }",
      "requirements/health.yaml:7: health.one: a request names an operation or a target",
    ],
    [
      "exchange: { request: { operation: getHealthz, path: { pod: x } }, expect: { status: 200 } }",
      'requirements/health.yaml:7: health.one: unknown path parameter of getHealthz "pod"',
    ],
    [
      "exchange: { request: { target: /healthz }, expect: { class: gone } }",
      'requirements/health.yaml:7: health.one: unknown answer class "gone"',
    ],
    [
      "exchange: { request: { target: /healthz }, expect: { status: 200, should: { not: gone } } }",
      'requirements/health.yaml:7: health.one: unknown answer class "gone"',
    ],
    [
      "exchange: { request: { target: /healthz }, expect: { text: { behaviour: mood } } }",
      'requirements/health.yaml:7: health.one: unknown behaviour table "mood"',
    ],
    ["exchange: { request: { target: /healthz }, expect: { pattern: '(' } }", "is no ECMAScript regular expression; correct it"],
    ["draft: { document: KEP-1, reason: alpha }", 'requirements/health.yaml:7: health.one: member "link" is missing; add it'],
    [
      "unobservable: nobody sees it\nexchange: { request: { target: /healthz }, expect: { status: 200 } }",
      "requirements/health.yaml:7: health.one: an entry that nothing can observe has no exchange",
    ],
  ])("refuses %s", (entry, message) => {
    plant(entry);
    expect(problems()).toContain(message);
  });

  it("lists all problems at once", async () => {
    plant("needs: [money]\nprofile: gold");
    edit("areas.yaml", "id: pods", "id: podz");
    edit("behaviours/http2.yaml", /since: "1\.36"/, 'since: "1.37"');
    const { code, output } = await build();
    expect(code).toBe(1);
    expect(existsSync(join(root, "dist"))).toBe(false);
    expect(output).toContain('unknown need "money"');
    expect(output).toContain('unknown profile "gold"');
    expect(output).toContain('requirements/pods.yaml:2: unknown area "pods"; add it to areas.yaml');
    expect(output).toContain("behaviours/http2.yaml:");
    expect(output).toContain("no row for 1.36; add one");
    expect(output).toMatch(/\d+ problems in the spec; nothing was written\./);
  });

  it("names both places of an id that is taken", () => {
    plant("note: first\n".trim());
    edit("requirements/health.yaml", /$/, "  - { id: health.one, title: MUST be two, sources: [{ recording: x }] }\n");
    expect(problems()).toContain("requirements/health.yaml:8: health.one: the id is taken at requirements/health.yaml:4; choose another");
  });

  it("names the line of broken YAML", () => {
    edit("needs.yaml", "- { id: pod,", "- { id: pod");
    expect(problems()).toMatch(/^needs\.yaml:\d+: /m);
  });

  it("names a reference that points at nothing", () => {
    edit("openapi/openapi.yaml", "paths/health.yaml#/ping", "paths/health.yaml#/pong");
    expect(problems()).toMatch(/^openapi\/openapi\.yaml:\d+: paths\/health\.yaml#\/pong points at nothing; correct it$/m);
  });

  it("refuses a version fact outside the covered minors", () => {
    edit("openapi/paths/health.yaml", 'x-kubernetes: { since: "1.32" }', 'x-kubernetes: { since: "1.2" }');
    expect(problems()).toContain('since "1.2" is not a covered minor');
  });

  const line = "  health.main.ok: MUST\n";
  const again = 'take that back, or freeze the set again: "npm run sets:freeze"';
  it.each([
    ["health.main.okay: MUST", `health.main.okay: the catalogue has no such requirement; ${again}`],
    ["health.main.ok: SHOULD", `health.main.ok: it is re-levelled in silence: SHOULD in the set, MUST in the catalogue; ${again}`],
    ["pods.allocated.list: MUST", `pods.allocated.list: it does not hold for 1.30; ${again}`],
    ["checkpoint.pod-level.gate: MUST", `checkpoint.pod-level.gate: it is a draft, which is never scored; ${again}`],
    ["health.main.ok: MIGHT", '"health.main.ok" must be one of MUST, SHOULD, MAY'],
  ])("refuses a set with %s", (entry, message) => {
    edit("sets/1.30.yaml", line, `  ${entry}\n`);
    const number = readFileSync(join(root, "sets/1.30.yaml"), "utf8").split("\n").indexOf(`  ${entry}`) + 1;
    expect(problems()).toBe(`sets/1.30.yaml:${number}: ${message}`);
  });

  it("says of a set that was published that it stays", () => {
    edit("sets/1.30.yaml", "requirements:", 'release: "0.1.0"\nrequirements:');
    edit("sets/1.30.yaml", line, "  health.main.ok: SHOULD\n");
    expect(problems()).toContain("take that back: 0.1.0 published this set, and CONTRIBUTING.md says what may change in one");
  });

  it("takes a requirement that no set has for a later addition", () => {
    for (const minor of ["1.30", "1.37"]) edit(`sets/${minor}.yaml`, line, "");
    expect(problems()).toBe("");
  });

  it("names a set that is missing, and one of no covered minor", () => {
    renameSync(join(root, "sets/1.30.yaml"), join(root, "sets/1.24.yaml"));
    const found = problems();
    expect(found).toContain('sets/1.24.yaml:2: minor "1.30" is not the file\'s name; correct it');
    expect(found).toContain('sets/1.30.yaml: there is no set of 1.30; run "npm run sets:freeze"');
    edit("sets/1.24.yaml", 'minor: "1.30"', 'minor: "1.24"');
    expect(problems()).toContain("sets/1.24.yaml:2: 1.24 is not a covered minor; remove the file");
  });

  it("finds names that nothing has among what the node proxy changes", () => {
    edit("proxy-changes.yaml", "streaming.attach.spdy", "streaming.attach.spdx");
    edit("proxy-changes.yaml", "needs: [healthz-port", "needs: [healthy-port");
    edit("proxy-changes.yaml", 'paths: "//', 'paths: "(//');
    expect(problems()).toMatch(
      /proxy-changes\.yaml:\d+: upgrade-query: there is no requirement "streaming\.attach\.spdx"; correct it or leave it out/,
    );
    expect(problems()).toContain('loopback: unknown need "healthy-port"; use one of ');
    expect(problems()).toContain("path: paths is no ECMAScript regular expression; correct it");
  });
});
