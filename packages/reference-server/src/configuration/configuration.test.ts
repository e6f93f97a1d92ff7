import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minors } from "@kubelet-conformance/spec";
import { behaviour } from "@kubelet-conformance/types";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../kubelet.test.support.ts";
import { checkSense } from "./check-sense.ts";
import { checkShape, refuseField } from "./check-shape.ts";
import type { KubeletConfiguration } from "./configuration.ts";
import { effectiveConfiguration } from "./effective.ts";
import { featureGates } from "./feature-gates.ts";
import { readConfiguration } from "./read.ts";

async function read(text: string, minor = "1.36") {
  const path = join(await temporaryDirectory(), "kubelet.yaml");
  await writeFile(path, text);
  return readConfiguration(path, minor);
}

test.each([
  ["a: 1", 1, "a: unknown field"],
  ["port: 1\nauthentication:\n  anonymous: { enabeld: true }", 3, "authentication.anonymous.enabeld: unknown field; did you mean enabled?"],
  ["kind: Pod", 1, 'kind: is "Pod", must be KubeletConfiguration'],
  ["port: 70000", 1, "port: is 70000, must be between 0 and 65535"],
  ["port: '1'", 1, 'port: is "1", must be a whole number'],
  ["\nruntimeRequestTimeout: 4", 2, 'runtimeRequestTimeout: is 4, must be a duration such as "2m0s" or "500ms"'],
  ["authorization: { mode: Never }", 1, 'authorization.mode: is "Never", must be one of AlwaysAllow, Webhook'],
  ["enableDebuggingHandlers: yes please", 1, 'enableDebuggingHandlers: is "yes please", must be true or false'],
  ["- 1", 1, "a KubeletConfiguration must be an object"],
  ["registryPullQPS: .nan", 1, "registryPullQPS: is NaN, must be a whole number"],
  ["port: 1\n---\nport: 2", 2, "a second document begins here"],
  [`a: &a [x,x]\nb: &b [${"*a,".repeat(99)}]\nc: [${"*b,".repeat(99)}]`, undefined, "Excessive alias count"],
  ["# ".padEnd(300_000), undefined, "is longer than 262144 characters"],
])("a file with %j is refused by line and field", async (text, line, reason) => {
  const error: unknown = await read(text).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "KUBELET_FILE", line });
  expect((error as Error).message).toContain(reason);
  expect((error as Error).message).not.toContain("\n");
});

test("JSON is read, too, and a null counts as absent", async () => {
  const { content } = await read('{"kind":"KubeletConfiguration","readOnlyPort":10255,"staticPodPath":null}');
  expect(content).toMatchObject({ readOnlyPort: 10255 });
});

test("YAML means what it means to Kubernetes", async () => {
  const text = "enableDebuggingHandlers: yes\nenableContentionProfiling: off\nmaxPods: 010\nclusterDomain: 2020-01-01\nproviderID: 1:30\n";
  const { content } = await read(text);
  expect(content).toEqual({
    enableDebuggingHandlers: true,
    enableContentionProfiling: false,
    maxPods: 8,
    clusterDomain: "2020-01-01",
    providerID: "1:30",
  });
});

test("a member that the minor does not know is ignored, not refused", () => {
  expect(checkShape({ failCgroupV1: false, podLogsDir: "/x" }, "1.25", refuseField)).toEqual(["failCgroupV1", "podLogsDir"]);
  expect(checkShape({ failCgroupV1: false, podLogsDir: "/x" }, "1.36", refuseField)).toEqual([]);
  expect(effectiveConfiguration({ failCgroupV1: false }, "1.25", 0).shown).not.toHaveProperty("failCgroupV1");
});

test.each<[KubeletConfiguration, string]>([
  [{ port: 1, readOnlyPort: 1 }, "readOnlyPort"],
  [{ healthzPort: 10250 }, "healthzPort"],
  [{ enableSystemLogQuery: true, enableSystemLogHandler: false }, "enableSystemLogQuery"],
  [{ tlsCertFile: "a" }, "tlsPrivateKeyFile"],
  [{ authorization: { mode: "Webhook" } }, "authorization.mode"],
  [{ imageGCHighThresholdPercent: 10 }, "imageGCLowThresholdPercent"],
  [{ runtimeRequestTimeout: "0s" }, "runtimeRequestTimeout"],
])("%j contradicts itself in %s", (configuration, field) => {
  const content = { authorization: { mode: "AlwaysAllow" }, ...configuration };
  const gates = featureGates({}, "1.36", refuseField);
  const check = () => checkSense(effectiveConfiguration(content, "1.36", 0), { gates, hasReviews: false }, refuseField);
  expect(check).toThrow(expect.objectContaining({ code: "KUBELET_CONFIGURATION", field }));
});

test("gates: known ones follow the setting, locked ones refuse it, the default of ContainerCheckpoint is the behaviour table's", () => {
  for (const minor of minors) {
    expect(featureGates({}, minor, refuseField).enabled("ContainerCheckpoint")).toBe(behaviour("checkpoint-gate-default", minor));
    expect(featureGates({ ContainerCheckpoint: true }, minor, refuseField).enabled("ContainerCheckpoint")).toBe(true);
  }
  expect(() => featureGates({ KubeletFineGrainedAuthz: false }, "1.36", refuseField)).toThrow("locked to true");
  expect(featureGates({ KubeletFineGrainedAuthz: false }, "1.33", refuseField).enabled("KubeletFineGrainedAuthz")).toBe(false);
  expect(() => featureGates({ ContainerCheckpoint: "on" }, "1.36", refuseField)).toThrow("must be true or false");
});

test("the effective configuration is in the order of the Go type, without the zero values that Go omits", () => {
  const { shown } = effectiveConfiguration(
    { enforceNodeAllocatable: [], oomScoreAdj: 0, readOnlyPort: 0, port: 0, runtimeRequestTimeout: "4000ms", memorySwap: {} },
    "1.36",
    2,
  );
  expect(Object.keys(shown).slice(0, 4)).toEqual(["kind", "apiVersion", "enableServer", "podLogsDir"]);
  expect(Object.keys(shown).slice(-2)).toEqual(["containerRuntimeEndpoint", "failCgroupV1"]);
  expect(shown).toMatchObject({ port: 10250, oomScoreAdj: 0, runtimeRequestTimeout: "4s", memorySwap: {} });
  expect(shown["logging"]).toEqual({
    format: "text",
    flushFrequency: "5s",
    verbosity: 2,
    options: { text: { infoBufferSize: "0" }, json: { infoBufferSize: "0" } },
  });
  for (const name of ["readOnlyPort", "enforceNodeAllocatable", "protectKernelDefaults", "featureGates"])
    expect(shown).not.toHaveProperty(name);
});
