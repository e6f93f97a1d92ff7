import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { createAuthority, type Authority } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import request from "supertest";
import { onTestFinished } from "vitest";
import { startKubelet, type KubeletOptions, type RunningKubelet } from "./index.ts";

export interface TestKubelet extends RunningKubelet {
  double: RuntimeDouble;
  clients: Authority;
  /** supertest against the main listener, with a client certificate that the kubelet trusts. */
  get(path: string): request.Test;
  post(path: string): request.Test;
  /** Sends text as it stands on a connection of its own and resolves with all that came until it closed. */
  raw(text: string, options?: RawOptions): Promise<string>;
}

export interface RawOptions {
  listener?: "main" | "readOnly" | "healthz";
  /** Default: the admin's. null: none. */
  credentials?: { cert: string; key: string } | null;
}

/** A directory that goes when the test ends. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "reference-server-test-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A kubelet named `node` on free ports that trusts `clients`, with a runtime double, stopped when the test ends. */
export async function testKubelet(options: Partial<KubeletOptions> = {}): Promise<TestKubelet> {
  const directory = await temporaryDirectory();
  const clients = await createAuthority({ commonName: "clients" });
  const admin = clients.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  const manifests = join(directory, "pods");
  await writeFile(join(directory, "clients.crt"), clients.cert);
  await writeFile(manifests, sampleManifest);
  const double = new RuntimeDouble();
  onTestFinished(() => double.close());
  const kubelet = await startKubelet({
    kubernetesVersion: "1.36",
    hostnameOverride: "node",
    rootDirectory: join(directory, "root"),
    runtime: double.client(),
    ports: { main: 0, healthz: 0 },
    ...options,
    configuration: {
      address: "127.0.0.1",
      staticPodPath: manifests,
      authorization: { mode: "AlwaysAllow" },
      ...options.configuration,
      authentication: { x509: { clientCAFile: join(directory, "clients.crt") }, ...options.configuration?.authentication },
    },
  });
  onTestFinished(() => kubelet.stop());
  await kubelet.settled;
  const agent = request(kubelet.urls.main);
  const trusted = (test: request.Test) => test.ca(kubelet.caCertificate).cert(admin.cert).key(admin.key).redirects(0);
  return {
    ...kubelet,
    double,
    clients,
    get: (path) => trusted(agent.get(path)),
    post: (path) => trusted(agent.post(path)),
    raw: (text, { listener = "main", credentials = admin } = {}) => exchange(kubelet, listener, credentials, text),
  };
}

const sampleManifest = `
apiVersion: v1
kind: Pod
metadata: { name: counter, labels: { app: counter } }
spec:
  hostNetwork: true
  terminationGracePeriodSeconds: 0
  initContainers:
  - { name: init, image: 'localhost/busybox:1', imagePullPolicy: Never, command: [sh, -c, 'echo init done'] }
  containers:
  - { name: counter, image: 'localhost/busybox:1', imagePullPolicy: Never, command: [sh, -c, 'i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done'] }
  - { name: waiting, image: 'localhost/absent:1', imagePullPolicy: Never, command: [sh] }
`;

async function exchange(
  { urls, caCertificate }: RunningKubelet,
  listener: NonNullable<RawOptions["listener"]>,
  credentials: RawOptions["credentials"],
  text: string,
): Promise<string> {
  const url = new URL(urls[listener] ?? "");
  const port = Number(url.port);
  const socket =
    url.protocol === "https:"
      ? tls.connect({ host: "127.0.0.1", port, ca: caCertificate, ...credentials })
      : net.connect(port, "127.0.0.1");
  await once(socket, url.protocol === "https:" ? "secureConnect" : "connect");
  socket.write(text, "latin1");
  let received = "";
  for await (const chunk of socket) received += (chunk as Buffer).toString("latin1"); // No encoding is set: chunks are Buffers.
  return received;
}

/** The answer without its Date, which is the only header that differs between two of them. */
export function withoutDate(answer: string): string {
  return answer.replace(/Date: [^\r]*\r\n/, "");
}
