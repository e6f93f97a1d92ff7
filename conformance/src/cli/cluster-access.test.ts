import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runConformance } from "../run-conformance.ts";
import { runReport, idsOf, startCluster, type TestCluster } from "./cluster.support.ts";
import { cli } from "./cli.support.ts";
import { readSubjects } from "./run-subjects.ts";

const token = "service-account-token";
let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster({
    tokens: [
      { token, name: "system:serviceaccount:default:conformance", uid: "", groups: ["system:masters"] },
      { token: "rotated", name: "system:serviceaccount:default:conformance", uid: "", groups: ["system:masters"] },
      { token: "of-nobody", name: "nobody", uid: "", groups: [] },
    ],
  });
});
afterAll(() => cluster.stop());

const none = {
  server: [],
  kubeconfig: undefined,
  context: undefined,
  "in-cluster": false,
  node: [],
  "all-nodes": false,
  direct: false,
  differential: false,
  "runtime-endpoint": undefined,
  token: undefined,
  "token-file": undefined,
  "client-certificate": undefined,
};

/** A pod's view of its cluster: its environment and the files of its service account. */
async function pod(more: Record<string, string> = {}) {
  const serviceAccount = join(cluster.directory, `pod-${Math.random()}`);
  await mkdir(serviceAccount);
  await writeFile(join(serviceAccount, "token"), token);
  await writeFile(join(serviceAccount, "ca.crt"), cluster.plane.authority.cert);
  const { hostname, port } = new URL(cluster.plane.url);
  // No kubeconfig there either.
  const environment = { HOME: serviceAccount, KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port, ...more };
  return { environment, serviceAccount };
}

const { signal } = new AbortController();

describe("in a pod of the cluster", () => {
  test.each([true, false])("the kubelet of its own node is tested as its service account, named (%s) or not", async (named) => {
    const places = await pod({ NODE_NAME: "live" });
    const [subject, ...others] = await readSubjects({ ...none, "in-cluster": named }, places, signal, undefined);
    expect(others).toEqual([]);
    expect(subject?.node).toMatchObject({ node: "live" });
    // A kubelet writes the token anew before it expires; the one that counted before is no longer known.
    await writeFile(join(places.serviceAccount, "token"), "rotated\n");
    cluster.plane.access.tokens.splice(0, 1);
    try {
      const report = await runConformance({ ...subject?.options, focus: ["pods", "health", "node-labels.hostname"] });
      expect(idsOf(report, "failed", "suite-error", "warned")).toEqual([]);
      expect(idsOf(report, "passed")).toEqual(expect.arrayContaining(["pods.list.ok", "node-labels.hostname"]));
      for (const secret of [token, "rotated"]) expect(JSON.stringify(report)).not.toContain(secret);
    } finally {
      cluster.plane.access.tokens.unshift({ token, name: "conformance", uid: "", groups: ["system:masters"] });
    }
  });

  test("the node must be known", async () => {
    await expect(readSubjects({ ...none, "in-cluster": true }, await pod(), signal, undefined)).rejects.toThrow(
      /which node of the cluster\? Give --node NAME, or --all-nodes; or set NODE_NAME by the downward API/,
    );
  });

  test("--server alone asks no cluster", async () => {
    const subjects = await readSubjects({ ...none, server: ["https://127.0.0.1:1"] }, await pod({ NODE_NAME: "live" }), signal, undefined);
    expect(subjects).toEqual([{ options: { server: "https://127.0.0.1:1" }, label: undefined }]);
  });

  test("elsewhere it is refused", async () => {
    const { code, err } = await cli(["run", "--in-cluster"], { HOME: cluster.directory });
    expect(err).toMatch(/this runs in no pod of a cluster: KUBERNETES_SERVICE_HOST is not set; name the cluster with --kubeconfig FILE/);
    expect(code).toBe(2);
  });
});

describe("without --kubeconfig", () => {
  test("KUBECONFIG counts", async () => {
    const KUBECONFIG = `${cluster.directory}/absent:${cluster.kubeconfig}`;
    const { code, report } = await runReport(["--node", "live", "--focus", "health.main"], { KUBECONFIG });
    expect(idsOf(report, "failed", "suite-error")).toEqual([]);
    expect(report?.target.node).toBe("live");
    expect(code).toBe(0);
  });

  test("nothing is guessed where no node is named, and a missing one is said", async () => {
    expect((await cli(["run"], { KUBECONFIG: cluster.kubeconfig })).err).toMatch(/which kubelet\? Give --server URL/);
    expect((await cli(["run", "--node", "live"], { HOME: cluster.directory })).err).toMatch(
      /--node needs to know the cluster: --kubeconfig FILE; there is no ~\/\.kube\/config either/,
    );
  });
});

/** The administrator's kubeconfig with another user. */
async function kubeconfigOf(name: string, user: object): Promise<string> {
  const content = {
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [
      {
        name: "c",
        cluster: {
          server: cluster.plane.url,
          "certificate-authority-data": Buffer.from(cluster.plane.authority.cert).toString("base64"),
        },
      },
    ],
    users: [{ name: "u", user }],
  };
  return cluster.file(name, JSON.stringify(content));
}

describe("the kubeconfig's user", () => {
  test("may log in by a program, whose token is in no report", async () => {
    const version = "client.authentication.k8s.io/v1";
    const program = await cluster.file(
      "login",
      `#!${process.execPath}\nconsole.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "${version}", status: { token: "${token}" } }));\n`,
    );
    await chmod(program, 0o700);
    const kubeconfig = await kubeconfigOf("exec.conf", { exec: { apiVersion: version, interactiveMode: "Never", command: program } });
    const { code, report, err } = await runReport(["--kubeconfig", kubeconfig, "--node", "live", "--focus", "pods"]);
    expect(idsOf(report, "failed", "suite-error")).toEqual([]);
    expect(idsOf(report, "passed")).toContain("pods.list.ok");
    expect(JSON.stringify(report) + err).not.toContain(token);
    expect(code).toBe(0);
  });

  test("must be allowed to use the node proxy, else only the cluster tells", async () => {
    const { rules } = cluster.plane.access;
    rules.push({ user: "nobody", verbs: ["get"], resources: ["nodes"] });
    const kubeconfig = await kubeconfigOf("nobody.conf", { token: "of-nobody" });
    const { report } = await runReport(["--kubeconfig", kubeconfig, "--node", "live", "--focus", "pods.list.ok", "--focus", "node-labels"]);
    expect(idsOf(report, "passed")).toContain("node-labels.hostname");
    expect(report?.results.find(({ id }) => id === "pods.list.ok")).toMatchObject({
      verdict: "blocked",
      reason: expect.stringMatching(/403 .*User "nobody" cannot get resource "nodes\/proxy".*--direct/),
    });
  });

  test("that acts as another reaches no kubelet directly", async () => {
    const kubeconfig = await kubeconfigOf("as.conf", { token, as: "bob" });
    const { code, err } = await cli(["run", "--kubeconfig", kubeconfig, "--node", "live", "--direct"]);
    expect(err).toMatch(/acts as another, which kubelets know nothing of; choose a --context without "as"/);
    expect(code).toBe(2);
  });

  test("is who asks through the proxy: other credentials are refused", async () => {
    const { err } = await cli(["run", "--kubeconfig", cluster.kubeconfig, "--node", "live", "--token", "t"]);
    expect(err).toMatch(
      /--token is for the kubelet itself, which the API server asks here; leave it out, or give --direct or --server URL/,
    );
  });
});
