import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createAuthority, type Credentials } from "./pki.ts";
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
  [{}, { clusters: [{ name: "first", cluster: { server: "api" } }] }, /server "api" is no URL of an API server; write https:\/\/HOST:PORT/],
  [{}, { clusters: [{ name: "first", cluster: { server: "ftp://api" } }] }, /server "ftp:\/\/api" is no URL of an API server/],
  [
    {},
    { clusters: [{ name: "first", cluster: { server: "https://api", "proxy-url": "http://p" } }] },
    /has "proxy-url", which is not supported/,
  ],
  [
    {},
    { clusters: [{ name: "first", cluster: { server: "https://api", "certificate-authority-data": "AAAA" } }] },
    /certificate-authority holds no certificate/,
  ],
  [{}, { clusters: undefined }, /this is no kubeconfig: it has no clusters/],
  [{}, { users: [] }, /has no user "u", whom the context "first" names$/],
  [{ token: "t", as: "bob" }, {}, /user has "as", which is not supported/],
  [{ username: "a", password: "b" }, {}, /user has "username", which is not supported/],
  [{ token: "a\nb" }, {}, /token is empty or has characters that no token has; copy it again$/],
  [{ "client-certificate-data": "AAAA" }, {}, /client-certificate and client-key go together; give both$/],
  [{ "client-certificate-data": "AAAA", "client-key-data": "AAAA" }, {}, /client-certificate holds no certificate \(PEM\); copy it again$/],
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

test("what is no YAML is said with its place", async () => {
  const path = join(directory, "garbled.conf");
  await writeFile(path, "clusters: [\n");
  await expect(readKubeconfig(path)).rejects.toThrow(/garbled\.conf: the kubeconfig is no YAML: .* at line 2, column 1; mend that place$/);
  await expect(readKubeconfig(join(directory, "absent.conf"))).rejects.toThrow(/absent\.conf: the kubeconfig cannot be read \(ENOENT\)$/);
});

test("a certificate and a key that do not belong together, or are out of date, are refused", async () => {
  const authority = await createAuthority({ commonName: "test" });
  const data = (pem: string): string => Buffer.from(pem).toString("base64");
  const user = ({ cert }: Credentials, { key }: Credentials): object => ({
    "client-certificate-data": data(cert),
    "client-key-data": data(key),
  });
  const [one, other] = [1, 2].map(() => authority.issue({ commonName: "u", usage: "client" }));
  if (!one || !other) throw new Error("two were asked for");
  expect(await readKubeconfig(await kubeconfig(user(one, one)))).toMatchObject({ certificate: one.cert });
  await expect(readKubeconfig(await kubeconfig(user(one, other)))).rejects.toThrow(/client-key is not the key of client-certificate/);
  const old = authority.issue({ commonName: "u", usage: "client", notAfter: new Date(Date.now() - 1000) });
  await expect(readKubeconfig(await kubeconfig(user(old, old)))).rejects.toThrow(/client-certificate expired on \d{4}-.*Z; get a new one$/);
});
