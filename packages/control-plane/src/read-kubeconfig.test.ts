import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createAuthority, type Credentials } from "./pki.ts";
import { defaultKubeconfigs } from "./kubeconfig-reading/merge.ts";
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
  [
    { exec: { command: "aws", apiVersion: "client.authentication.k8s.io/v1alpha1" } },
    {},
    /"aws" speaks .*v1alpha1, which is not supported: exec.apiVersion must be /,
  ],
  [{ exec: { apiVersion: "client.authentication.k8s.io/v1" } }, {}, /logs in by a program, but none is named; add exec.command/],
  [
    { exec: { command: "aws", apiVersion: "client.authentication.k8s.io/v1" } },
    {},
    /exec.interactiveMode of the program "aws" must be one of Never, /,
  ],
  [{ "auth-provider": { name: "gcp" } }, {}, /auth-provider "gcp", which is not supported: use the program gke-gcloud-auth-plugin/],
  [
    { "auth-provider": { name: "openstack" } },
    {},
    /auth-provider "openstack", which is not supported: use the program client-keystone-auth/,
  ],
  [{ "auth-provider": { name: "x" } }, {}, /auth-provider "x", which is not supported: give a user with a program/],
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
  [{ token: "t", "as-groups": ["g"] }, {}, /acts in groups of another, but not as one; add "as: NAME"/],
  [{ token: "t", username: "a", password: "b" }, {}, /has a token and a password; leave one of them out/],
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

test("a user may have a password, and act as another", async () => {
  const user = { username: "a", password: "b", as: "bob", "as-groups": ["g", "h"], "as-uid": "7", "as-user-extra": { "a/b": ["c"] } };
  expect(await readKubeconfig(await kubeconfig(user))).toEqual({
    server: "https://first:6443",
    serverName: "api",
    basic: { username: "a", password: "b" },
    impersonation: {
      "Impersonate-User": "bob",
      "Impersonate-Uid": "7",
      "Impersonate-Group": ["g", "h"],
      "Impersonate-Extra-a%2Fb": ["c"],
    },
  });
});

test("a token file is read again, and the last token stays while there is none", async () => {
  const path = join(directory, "rotated");
  await writeFile(path, "one\n");
  const access = await readKubeconfig(await kubeconfig({ tokenFile: "rotated" }));
  expect(access.token).toBe("one");
  await writeFile(path, "two\n");
  expect(await access.renew?.()).toEqual({ token: "two" });
  await rm(path);
  expect(await access.renew?.()).toEqual({ token: "two" });
});

test("several files are merged as kubectl does: who says a thing first is right, what is missing counts for nothing", async () => {
  const other = join(directory, "other");
  await mkdir(other);
  await writeFile(join(other, "token"), "of-the-other");
  const users = join(other, "users.conf");
  await writeFile(users, JSON.stringify({ users: [{ name: "u", user: { tokenFile: "token" } }], "current-context": "second" }));
  const main = await kubeconfig({ token: "later" }, { "current-context": "first" });
  const access = await readKubeconfig([join(directory, "absent.conf"), users, main]);
  expect(access).toMatchObject({ server: "https://second:6443", token: "of-the-other" });
  await expect(readKubeconfig([join(directory, "absent.conf"), join(directory, "absent.yaml")])).rejects.toThrow(
    /absent\.conf:.*absent\.yaml: there is no kubeconfig at any of these places/,
  );
});

test.each([
  [{ KUBECONFIG: "a:b::c" }, ["a", "b", "c"]],
  [{ HOME: "/home/x", KUBECONFIG: "" }, ["/home/x/.kube/config"]],
])("with %j the kubeconfigs are %j", (environment, paths) => {
  expect(defaultKubeconfigs(environment)).toEqual(paths);
});
