import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadRecordings } from "./load.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "recordings-"));
});
afterEach(() => rm(directory, { recursive: true }));

async function write(path: string, content: unknown): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
}

const stage = (name: string) => ({
  kubernetesVersion: "v1.35.6",
  stage: name,
  pod: "counter-lab-node",
  results: {
    "route.root": { request: { method: "GET", path: "/" }, response: { status: 404, reason: "Not Found", headers: [], body: "" } },
  },
});

it("reads every version, oldest first, with default in front of the other stages", async () => {
  await write("v1.35.6/anonymous.json", stage("anonymous"));
  await write("v1.35.6/default.json", stage("default"));
  await write("v1.9.1/default.json", stage("default"));
  await write("v1.35.6/cluster/authz.json", { matrix: { "GET /pods": { statuses: { none: 403 } } }, extra: {} });
  const versions = await loadRecordings(directory);
  expect(versions.map(({ version, minor, stages }) => [version, minor, stages.map((each) => each.stage)])).toEqual([
    ["v1.9.1", "1.9", ["default"]],
    ["v1.35.6", "1.35", ["default", "anonymous"]],
  ]);
  expect(versions[1]?.authorization?.matrix).toHaveProperty(["GET /pods"]);
});

it("takes one version's folder, whatever it is called", async () => {
  await write("default.json", stage("default"));
  expect(await loadRecordings(directory)).toMatchObject([{ version: "v1.35.6", minor: "1.35" }]);
});

describe("names what it cannot read", () => {
  it("an empty folder", async () => {
    await expect(loadRecordings(directory)).rejects.toThrow(/holds no recordings/);
  });

  it("a folder that is not there", async () => {
    await expect(loadRecordings(join(directory, "absent"))).rejects.toMatchObject({ code: "recordings" });
  });

  it("a file that is not JSON", async () => {
    await write("v1.35.6/default.json", "{");
    await expect(loadRecordings(directory)).rejects.toThrow(/default\.json/);
  });

  it("an exchange of another shape", async () => {
    await write("v1.35.6/default.json", { ...stage("default"), results: { x: { request: { path: "/" }, response: { error: "" } } } });
    await expect(loadRecordings(directory)).rejects.toThrow("/results/x/request must have required property 'method'");
  });
});
