import { access, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { minors } from "@kubelet-conformance/spec";
import request from "supertest";
import { expect, test, vi } from "vitest";
import { startKubelet, type KubeletConfiguration } from "./index.ts";
import { temporaryDirectory, testKubelet } from "./kubelet.test.support.ts";

test("without a configuration it can be called at once, and leaves nothing behind", async () => {
  const kubelet = await startKubelet({ kubernetesVersion: "1.36" });
  await kubelet.settled;
  const { cert = "", key = "" } = kubelet.adminCredentials ?? {};
  const pods = await request(kubelet.urls.main).get("/pods").ca(kubelet.caCertificate).cert(cert).key(key).expect(200);
  expect(pods.text).toContain(`"name":"sample-${kubelet.nodeName}"`);
  expect(kubelet.urls.readOnly).toBeUndefined();
  await access(kubelet.rootDirectory);
  await Promise.all([kubelet.stop(), kubelet.stop()]);
  await expect(access(kubelet.rootDirectory)).rejects.toThrow("ENOENT");
  await expect(fetch(`${kubelet.urls.healthz}/healthz`)).rejects.toThrow("fetch failed");
});

test.each(minors)("%s starts, and kubelets of one process do not know of each other", async (kubernetesVersion) => {
  const [one, two] = await Promise.all([testKubelet({ kubernetesVersion }), testKubelet({ kubernetesVersion })]);
  await one.get("/healthz").expect(200);
  expect((await one.get("/metrics")).text).toContain('method="GET",path="healthz"');
  expect((await two.get("/metrics")).text).not.toContain('path="healthz"');
});

test("a port in use is told with its number and its flag, and what was opened is closed", async () => {
  const { urls } = await testKubelet();
  const port = Number(new URL(urls.main).port);
  const before = await readdir(tmpdir());
  const failing = startKubelet({ kubernetesVersion: "1.36", ports: { main: port } });
  await expect(failing).rejects.toMatchObject({
    code: "KUBELET_LISTEN",
    message: expect.stringMatching(new RegExp(`port ${port} .*--port`)),
  });
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith("reference-kubelet-") && !before.includes(name));
  // Other test files may have their own kubelets; none of ours is left.
  await vi.waitFor(async () => {
    for (const name of left) await expect(access(`${tmpdir()}/${name}`)).rejects.toThrow("ENOENT");
  }, 10_000);
});

test.each([
  [{ kubernetesVersion: "1.99" }, "KUBELET_VERSION"],
  [{ kubernetesVersion: "1.36", configuration: { port: -1 } }, "KUBELET_CONFIGURATION"],
  [{ kubernetesVersion: "1.36", configuration: {} }, "KUBELET_CONFIGURATION"],
  [
    {
      kubernetesVersion: "1.36",
      configuration: { authorization: { mode: "AlwaysAllow" }, containerRuntimeEndpoint: "unix:///absent.sock" },
    },
    "RUNTIME_ENDPOINT",
  ],
  [
    {
      kubernetesVersion: "1.36",
      configuration: { authorization: { mode: "AlwaysAllow" }, authentication: { x509: { clientCAFile: "/absent.crt" } } },
    },
    "KUBELET_FILE",
  ],
])("%j is refused", async (options, code) => {
  await expect(startKubelet(options)).rejects.toMatchObject({ code: expect.stringContaining(code) });
});

test("its own serving certificate is kept in the certificate directory", async () => {
  const certDirectory = await temporaryDirectory();
  const first = await testKubelet({ certDirectory });
  await first.stop();
  const second = await testKubelet({ certDirectory });
  expect(second.caCertificate).toBe(first.caCertificate);
  await second.get("/healthz").expect(200);
  await second.stop();
  await writeFile(join(certDirectory, "kubelet.crt"), "half a cer");
  await expect(testKubelet({ certDirectory })).rejects.toMatchObject({
    code: "KUBELET_FILE",
    message: expect.stringContaining("kubelet.crt: does not go with kubelet.key beside it; remove both"),
  });
});

test("a relative root directory is made absolute, for the runtime's sake", async () => {
  const kubelet = await testKubelet({ rootDirectory: relative(process.cwd(), join(await temporaryDirectory(), "root")) });
  expect(isAbsolute(kubelet.rootDirectory)).toBe(true);
  const { body } = await kubelet.post("/checkpoint/default/counter-node/counter").expect(200);
  expect(body).toEqual({ items: [expect.stringContaining(`${kubelet.rootDirectory}/checkpoints/checkpoint-`)] });
});

test("a deviation stands around the pipeline, the runtime and the root directory", async () => {
  const touched: string[] = [];
  const kubelet = await testKubelet({
    deviation: {
      summary: "is a teapot whose runtime knows no checkpoints",
      http: async (asked, next) => (asked.target === "/healthz" ? { status: 418, headers: [], body: "" } : next(asked)),
      runtime: (client) => ({ ...client, runtime: { ...client.runtime, checkpointContainer: () => Promise.reject(new Error("never")) } }),
      rootDirectory: async (directory) => void touched.push(directory),
    },
  });
  await kubelet.get("/healthz").expect(418);
  await kubelet.get("/healthz/ping").expect(200);
  const { text } = await kubelet.post("/checkpoint/default/counter-node/counter").expect(500);
  expect(text).toContain("(rpc error: code = Unknown desc = never)");
  expect(touched).toEqual([kubelet.rootDirectory]);
});

test("members that are null count as absent", async () => {
  const configuration = { port: null, address: "127.0.0.1", authentication: null, featureGates: null, runtimeRequestTimeout: null };
  // What a file may hold although the type does not say so.
  const kubelet = await testKubelet({ configuration: configuration as unknown as KubeletConfiguration });
  const { text } = await kubelet.get("/configz").expect(200);
  expect(text).toContain('"runtimeRequestTimeout":"2m0s"');
});

test("a pod whose namespace is none is left out: both become parts of file names", async () => {
  const directory = await temporaryDirectory();
  const manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "../x" },
    spec: { containers: [{ name: "c", image: "i" }] },
  };
  await writeFile(join(directory, "a.yaml"), JSON.stringify(manifest));
  const kubelet = await testKubelet({ configuration: { staticPodPath: directory } });
  const { text } = await kubelet.get("/pods").expect(200);
  expect(JSON.parse(text)).toMatchObject({ items: null });
});
