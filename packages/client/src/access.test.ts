import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { expect, onTestFinished, test } from "vitest";
import { createKubeletClient, KubeletError } from "./index.ts";
import { openClient, startTestKubelet } from "./kubelet.test.support.ts";
import { serve } from "./server.test.support.ts";

async function fileWith(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "client-test-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, "file"), text);
  return join(directory, "file");
}

test("a token file that is rotated counts at once, one that is gone leaves the last", async () => {
  const { asked, url, authority } = await serve((_request, response) => void response.end());
  const tokenFile = await fileWith("first\n");
  const client = await openClient({ server: url, ca: authority.cert, tokenFile });
  await client.GET("/pods");
  await writeFile(tokenFile, "second\n");
  await client.GET("/pods");
  await rm(tokenFile);
  await client.GET("/pods");
  expect(asked.map(({ authorization }) => authorization)).toEqual(["Bearer first", "Bearer second", "Bearer second"]);
});

test("the kubelet knows a token, and says what its user may not", async () => {
  const kubelet = await startTestKubelet({
    tokens: [{ token: "t", name: "reader", uid: "", groups: [] }],
    overrides: { authorization: { mode: "Webhook" } },
    authorizationRules: [{ user: "reader", verbs: ["get"], resources: ["nodes/metrics"] }],
  });
  const where = { server: kubelet.urls.main, ca: kubelet.caCertificate };
  const reader = await openClient({ ...where, token: "t" });
  expect((await reader.GET("/metrics/resource")).error).toBeUndefined();
  expect((await reader.GET("/pods")).error).toMatchObject({ code: "forbidden", text: expect.stringContaining("user=reader") });
  const nobody = await openClient({ ...where, token: "other" });
  expect((await nobody.GET("/pods")).error).toMatchObject({ code: "unauthorized" });
  expect(await reader.checkpoint({ namespace: "a", pod: "b", container: "c" })).toMatchObject({
    class: "not-authorized",
    owner: "cluster-administrator",
    status: 403,
  });
});

test("credentials are never sent over plain HTTP, not even to this machine", async () => {
  const server = "http://127.0.0.1:1";
  const { cert, key } = (await createAuthority({ commonName: "ca" })).issue({ commonName: "u", usage: "client" });
  const refused = { code: "credentials-over-http", message: expect.stringContaining("never sent over plain HTTP") };
  await expect(createKubeletClient({ server, token: "t" })).rejects.toMatchObject(refused);
  await expect(createKubeletClient({ server, clientCertificate: cert, clientKey: key })).rejects.toMatchObject(refused);
  await expect(createKubeletClient({ apiServer: server, node: "n", token: "t" })).rejects.toMatchObject(refused);
  const client = await openClient({ server });
  await expect(client.GET("/pods", { headers: { Authorization: "Bearer x" } })).rejects.toMatchObject(refused);
});

test.each([
  [{ server: "10.0.0.1:10250" }, "server is no URL"],
  [{ server: "https://u:hidden@h" }, "server has a password in it"],
  [{ server: "https://h/?x" }, "server has a query"],
  [{ apiServer: "https://h", node: "../x" }, "node is no name"],
  [{ apiServer: "https://h", node: ".." }, "node is no name"],
  [{ server: "https://h", token: "a", tokenFile: "b" }, "exclude each other"],
  [{ server: "https://h", token: "hidden\nx" }, "no token has"],
  [{ server: "https://h", ca: "hidden" }, "certificate-authority holds no certificate"],
  [{ server: "https://h", clientKey: "hidden" }, "go together"],
])("the options %j are refused: %s", async (options, reason) => {
  const error: unknown = await createKubeletClient(options).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(KubeletError);
  expect(error).toMatchObject({ code: "invalid-option", message: expect.stringContaining(reason) });
  expect(String(error)).not.toMatch(/hidden|\n/);
});

test("a key of another certificate and an expired one are refused before anything is sent", async () => {
  const authority = await createAuthority({ commonName: "ca" });
  const [one, other] = [authority.issue({ commonName: "u", usage: "client" }), authority.issue({ commonName: "u", usage: "client" })];
  const expired = authority.issue({ commonName: "u", usage: "client", notAfter: new Date(0) });
  const server = "https://127.0.0.1:1";
  await expect(createKubeletClient({ server, clientCertificate: one.cert, clientKey: other.key })).rejects.toThrow(
    "client-key is not the key",
  );
  await expect(createKubeletClient({ server, clientCertificate: expired.cert, clientKey: expired.key })).rejects.toThrow("expired on 1970");
});

test("bytes of PEM files do as well", async () => {
  const kubelet = await startTestKubelet();
  const { cert, key } = kubelet.admin;
  const client = await openClient({
    server: kubelet.urls.main,
    ca: Buffer.from(kubelet.caCertificate),
    clientCertificate: Buffer.from(cert),
    clientKey: Buffer.from(key),
  });
  expect((await client.GET("/pods")).response.status).toBe(200);
});

test("a token file or a kubeconfig that cannot be read is named", async () => {
  const tokenFile = join(tmpdir(), "absent", "token");
  await expect(createKubeletClient({ server: "https://h", tokenFile })).rejects.toThrow(
    `${tokenFile}: this file, named by the option tokenFile, cannot be read (ENOENT)`,
  );
  await expect(createKubeletClient({ kubeconfig: await fileWith("{}"), node: "n" })).rejects.toThrow("this is no kubeconfig");
});
