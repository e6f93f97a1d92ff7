import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockKubelet } from "./mock-kubelet.ts";
import { send } from "./mock.test.support.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "mock-watch-"));
});
afterAll(() => rm(directory, { recursive: true }));

const answering = (code: number): string =>
  `scenarios:\n  one:\n    rules:\n      - when: { path: /pods }\n        answers: [{ code: ${code} }]\n`;

/** Collects what is told of reloads, and waits for the next. */
function told(): { onReload: (line: string) => void; next: () => Promise<string> } {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  return {
    onReload: (line) => (waiting.length > 0 ? waiting.shift()?.(line) : void lines.push(line)),
    next: async () => lines.shift() ?? new Promise((done) => waiting.push(done)),
  };
}

test("scenarios are read again when they change; broken ones are told of, and the last good ones stay", async () => {
  const file = join(directory, "scenarios.yaml");
  await writeFile(file, answering(500));
  const { onReload, next } = told();
  await using mock = await createMockKubelet({ scenarios: file, watch: true, onReload });
  const status = async (): Promise<number> => (await send(mock, "GET", "/pods")).status;
  expect(await status()).toBe(500);

  // As many editors write.
  await writeFile(`${file}~`, answering(503));
  await rename(`${file}~`, file);
  expect(await next()).toBe("the files have changed and are good; scenarios begin anew");
  expect(await status()).toBe(503);

  await writeFile(file, answering(503).replace("code", "coed"));
  const line = `${file}:5: scenarios.one.rules[0].answers[0].coed is unknown; did you mean "code"?`;
  expect(await next()).toBe(`${line}; going on with the last good files`);
  expect(await status()).toBe(503);
  expect(JSON.parse((await send(mock, "GET", "/_mock/state")).text)).toMatchObject({ problem: line });
  expect((await send(mock, "GET", "/_mock/")).text).toContain("Kept the last good files");

  await writeFile(file, answering(401));
  await next();
  expect(await status()).toBe(401);
  expect(JSON.parse((await send(mock, "GET", "/_mock/state")).text)).not.toHaveProperty("problem");
});

test("the spec is read again while its files are edited", async () => {
  const sources = fileURLToPath(new URL("../../../spec/openapi", import.meta.url));
  await cp(sources, join(directory, "openapi"), { recursive: true });
  const { onReload, next } = told();
  const spec = join(directory, "openapi/openapi.yaml");
  await using mock = await createMockKubelet({ spec, watch: true, onReload, tls: false });
  const answer = async (): Promise<string> => (await send(mock, "GET", "/healthz/ping")).text;
  expect(await answer()).toBe("ok");

  const health = join(directory, "openapi/components/health.yaml");
  const text = await readFile(health, "utf8");
  const edited = text.replaceAll("value: ok", "value: fine");
  await writeFile(health, edited);
  await next();
  expect(await answer()).toBe("fine");

  await writeFile(health, `${edited}\nbroken: {`);
  expect(await next()).toMatch(/openapi\/components\/health\.yaml:\d+: .*; going on with the last good files$/);
  expect(await answer()).toBe("fine");
});

test("a spec that is none is named", async () => {
  const file = join(directory, "none.json");
  await expect(createMockKubelet({ spec: file })).rejects.toThrow("none.json does not exist; give an OpenAPI document, JSON or YAML");
  for (const content of ["{}", '{"paths":null}', '{"paths":[]}']) {
    await writeFile(file, content);
    await expect(createMockKubelet({ spec: file })).rejects.toThrow("none.json:1: is no OpenAPI document: it has no paths");
  }
  await writeFile(file, '{"openapi":"3.1.0","paths":{"/pods":null}}');
  await expect(createMockKubelet({ spec: file })).rejects.toThrow("none.json: is no OpenAPI document as this mock reads them: ");
});

test("the built document of a minor serves, too", async () => {
  const spec = fileURLToPath(import.meta.resolve("@kubelet-conformance/spec/openapi/kubelet-1.36.json"));
  await using mock = await createMockKubelet({ spec, kubernetesVersion: "1.36", tls: false });
  expect(await send(mock, "GET", "/healthz/ping")).toMatchObject({ status: 200, text: "ok" });
});
