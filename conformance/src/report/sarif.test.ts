import { createRequire } from "node:module";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { hostile, sampleReport } from "./report.support.ts";
import { toSarif } from "./sarif.ts";

/** The schema that OASIS publishes, of draft 4; all but its id means the same to later ones. One pattern in it is none with the flag `u`. */
const require = createRequire(import.meta.url);
const {
  $schema: _draft,
  id: _id,
  ...schema
}: Record<string, unknown> = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const isSarif = ajv.compile(schema);

test.each([undefined, hostile])("the log is valid SARIF 2.1.0", (text) => {
  const valid = isSarif(toSarif(sampleReport(text)));
  expect({ valid, errors: isSarif.errors }).toEqual({ valid: true, errors: null });
});

test("there is an alert for each broken requirement, none for others, and our own faults are notifications", () => {
  const report = sampleReport();
  const [run] = toSarif(report).runs;
  const brokenIds = (wanted: string): string[] => report.results.filter(({ verdict }) => verdict === wanted).map(({ id }) => id);
  expect(run?.results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.length ?? 0])).toEqual([
    ...brokenIds("failed").map((id) => [id, "error", 0]),
    ...brokenIds("known-failure").map((id) => [id, "note", 1]),
    ...brokenIds("warned").map((id) => [id, "warning", 0]),
  ]);
  for (const { ruleId, ruleIndex, locations, message, webRequest, webResponse } of run?.results ?? []) {
    expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(message.text).toContain("expected status 200, got 404 404 page not found");
    const { artifactLocation, region } = locations[0]!.physicalLocation;
    expect(artifactLocation.uri).toMatch(/^(pkg|staging\/src|spec\/requirements)\/[\w./-]+\.(go|yaml)$/);
    expect(run?.originalUriBaseIds).toHaveProperty(artifactLocation.uriBaseId);
    expect(region.startLine).toBe(1);
    expect(webRequest).toMatchObject({ method: "GET", target: "/healthz/ping", headers: { Accept: "*/*" } });
    expect(webResponse).toMatchObject({ statusCode: 404, body: { text: "404 page not found" } });
  }
  expect(run?.invocations[0]?.executionSuccessful).toBe(false);
  expect(run?.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text.split("\n")[0])).toEqual([
    `${brokenIds("suite-error")[0]}: because of 404 page not found`,
    "the kubelet stopped answering during health.check.ping (connection refused )",
    "it ended ",
  ]);
});

test("fingerprints are the same in each run about a node, and others for another node", () => {
  const prints = (node?: string): (string | undefined)[] =>
    toSarif(sampleReport(node)).runs.flatMap(({ results }) =>
      results.map((result) => result.partialFingerprints["primaryLocationLineHash"]),
    );
  expect(prints()).toEqual(prints());
  expect(new Set([...prints(), ...prints("node2")]).size).toBe(8);
  for (const print of prints()) expect(print).toMatch(/^[0-9a-f]{16}:1$/);
});
