import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readKubeconfig } from "./read-kubeconfig.ts";

const directory = await mkdtemp(join(tmpdir(), "kubeconfig-"));
afterAll(() => rm(directory, { recursive: true, force: true }));

let written = 0;

async function kubeconfig(user: object, more: object = {}): Promise<string> {
  const path = join(directory, `${++written}.conf`);
  const contexts = ["first", "second"].map((name) => ({ name, context: { cluster: name, user: "u" } }));
  const clusters = ["first", "second"].map((name) => ({ name, cluster: { server: `https://${name}:6443/`, "tls-server-name": "api" } }));
  await writeFile(path, JSON.stringify({ "current-context": "first", contexts, clusters, users: [{ name: "u", user }], ...more }));
  return path;
}

test("the current context counts, unless another is asked for", async () => {
  const path = await kubeconfig({ token: "t\n" });
  expect(await readKubeconfig(path)).toEqual({ server: "https://first:6443", serverName: "api", token: "t" });
  expect(await readKubeconfig(path, { context: "second" })).toMatchObject({ server: "https://second:6443" });
});

test("files are looked for beside the kubeconfig", async () => {
  await writeFile(join(directory, "token"), "of-a-file\n");
  expect(await readKubeconfig(await kubeconfig({ tokenFile: "token" }))).toMatchObject({ token: "of-a-file" });
  await expect(readKubeconfig(await kubeconfig({ tokenFile: "absent" }))).rejects.toThrow(
    /absent: this file, named by .*\.conf, cannot be read/,
  );
});

test.each([
  [{ exec: { command: "aws" } }, {}, /needs a program to log in; give one with a client certificate or a token/],
  [{}, { "current-context": "third" }, /context "third" has no cluster with one; check current-context/],
  [{}, { clusters: [{ name: "first", cluster: { server: "api" } }] }, /server "api" is no URL; write https:\/\/HOST:PORT/],
])("%j with %j is refused in one line", async (user, more, message) => {
  await expect(readKubeconfig(await kubeconfig(user, more))).rejects.toThrow(message);
});

test("a context that is not there is answered with those that are", async () => {
  const reading = readKubeconfig(await kubeconfig({}), { context: "third" });
  await expect(reading).rejects.toMatchObject({
    code: "kubeconfig-unusable",
    message: expect.stringContaining('no context "third"; it has first, second'),
  });
});
