import { once } from "node:events";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { join } from "node:path";
import { createAuthority, type ControlPlane, type JsonObject, seedPod, startControlPlane } from "@kubelet-conformance/control-plane";
import { type CheckpointOutcomeName, RuntimeDouble, type RuntimeFault, serveDouble } from "@kubelet-conformance/cri/double";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { examineJson } from "../../doctor/doctor.support.ts";
import { cli, scratch } from "../cli.support.ts";

const files = await scratch();
let plane: ControlPlane;
let kubeconfig: string;

beforeAll(async () => {
  plane = await startControlPlane();
  kubeconfig = await files.file("reader.conf", plane.kubeconfigFor({ user: "reader", groups: ["system:masters"] }));
});
afterAll(async () => {
  await plane.stop();
  await files.remove();
});

interface NodeSpec {
  name: string;
  kubelet: string;
  runtime: string;
  annotations?: Record<string, string>;
  conditions?: JsonObject[];
}

function addNode({ name, kubelet, runtime, annotations = {}, conditions = [] }: NodeSpec): void {
  const nodeInfo = { kubeletVersion: kubelet, containerRuntimeVersion: runtime };
  plane.state.create("nodes", { metadata: { name, annotations }, spec: {}, status: { nodeInfo, conditions } });
  onTestFinished(() => {
    plane.state.delete("nodes", { name });
  });
}

/** Level and id of what is found, and what it says. */
async function examine(spec: NodeSpec): Promise<{ code: number; runtime: string; findings: string[]; text: string }> {
  addNode(spec);
  const { code, report, findings } = await examineJson(["--kubeconfig", kubeconfig, "--node", spec.name]);
  const lines = findings.map(({ level, id }) => `${level} ${id}`);
  return { code, runtime: report.nodes[0]?.runtime ?? "", findings: lines, text: JSON.stringify(report) };
}

const dockershimSocket = { "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///var/run/dockershim.sock" };

/** For an API server of 1.37. */
const tooOld = ["to-do version.skew", "warning version.support"];

describe("doctor --kubeconfig", () => {
  test.each<[Omit<NodeSpec, "name">, string, string[], number]>([
    [{ kubelet: "v1.36.4", runtime: "containerd://2.1.4" }, "containerd", ["ok containerd.cri-v1"], 0],
    [{ kubelet: "v1.30.1", runtime: "containerd://1.7.20" }, "containerd", ["ok containerd.cri-v1", ...tooOld], 1],
    [{ kubelet: "v1.35.1", runtime: "containerd://1.7.20" }, "containerd", ["ok containerd.cri-v1", "soon containerd.runtime-config"], 0],
    [{ kubelet: "v1.34.1", runtime: "containerd://2.1.4" }, "containerd", ["ok containerd.cri-v1", "warning version.support"], 0],
    [{ kubelet: "v1.38.0", runtime: "containerd://2.1.4" }, "containerd", ["ok containerd.cri-v1", "to-do version.skew"], 1],
    [{ kubelet: "v1.25.16", runtime: "containerd://1.5.9" }, "containerd", ["to-do containerd.no-cri-v1", ...tooOld], 1],
    [{ kubelet: "v1.36.4", runtime: "containerd://v2.0.1" }, "containerd", ["ok containerd.cri-v1"], 0],
    [{ kubelet: "v1.36.4", runtime: "containerd://main" }, "containerd", ["note containerd.unknown"], 0],
    [{ kubelet: "", runtime: "docker://20.10.7" }, "docker", ["to-do docker.unknown"], 1],
    [{ kubelet: "v1.36.4", runtime: "cri-o://1.36.0" }, "CRI-O", ["ok cri-o"], 0],
    [{ kubelet: "v1.36.4", runtime: "cri-o://1.34.2" }, "CRI-O", ["ok cri-o", "note cri-o.minor"], 0],
    [{ kubelet: "v1.23.17", runtime: "docker://20.10.7" }, "docker by dockershim", ["to-do docker.dockershim", ...tooOld], 1],
    [{ kubelet: "v1.30.1", runtime: "docker://28.3.2" }, "docker by a CRI shim", ["ok docker.shim", ...tooOld], 1],
    [
      { kubelet: "v1.24.1", runtime: "containerd://1.6.8", annotations: dockershimSocket },
      "containerd",
      ["ok containerd.cri-v1", "to-do kubeadm.dockershim-socket", ...tooOld],
      1,
    ],
    [{ kubelet: "v1.36.4", runtime: "containerd://Unknown" }, "containerd", ["to-do runtime.silent"], 1],
    [{ kubelet: "v1.36.4", runtime: "something" }, "unknown", ["to-do runtime.unknown"], 1],
    [{ kubelet: "v1.36.4", runtime: "own://1.0.0" }, "own", ["note runtime.other"], 0],
    [
      {
        kubelet: "v1.36.4",
        runtime: "containerd://2.1.4",
        conditions: [{ type: "Ready", status: "False", message: "container runtime network not ready: cni plugin not initialized" }],
      },
      "containerd",
      ["ok containerd.cri-v1", "to-do node.not-ready"],
      1,
    ],
  ])("%j", async (spec, runtime, findings, code) => {
    expect(await examine({ name: "node-1", ...spec })).toMatchObject({ runtime, findings, code });
  });

  test("KUBECONFIG and a pod's service account name the cluster as they do for run, and nothing else is asked", async () => {
    addNode({ name: "node-1", kubelet: "v1.36.4", runtime: "containerd://2.1.4" });
    const environment = { KUBECONFIG: `${files.directory}/absent:${kubeconfig}` };
    for (const args of [["--node", "node-1"], ["--all-nodes"]])
      expect((await cli(["doctor", ...args], environment)).out).toContain("node node-1: kubelet v1.36.4 on containerd://2.1.4");
    expect((await cli(["doctor"], environment)).err).toMatch(/whom to look at\?/);
    const pod = await cli(["doctor", "--in-cluster"], { ...environment, KUBERNETES_SERVICE_HOST: "127.0.0.1" });
    expect([pod.code, pod.err]).toEqual([2, expect.stringMatching(/serviceaccount\/ca\.crt.* named by the pod's service account/)]);
    const both = await cli(["doctor", "--in-cluster", "--kubeconfig", kubeconfig]);
    expect(both.err).toContain("--in-cluster and --kubeconfig name two clusters");
    const alone = await cli(["doctor", "--node-root", "/nowhere"], { KUBECONFIG: "/nowhere.conf" });
    expect(alone.err).toContain("--node-root /nowhere is no directory");
    const acting = plane.kubeconfigFor({ user: "reader", groups: ["system:masters"] }).replace(/(?="client-key-data")/, '"as": "bob", ');
    expect((await cli(["doctor", "--kubeconfig", await files.file("as.conf", acting), "--direct"])).err).toMatch(/acts as another/);
  });

  test("a node with dockershim is told what to do, in which order, and which pods mount Docker's socket", async () => {
    addNode({ name: "old", kubelet: "v1.23.17", runtime: "docker://20.10.7" });
    addNode({ name: "older", kubelet: "v1.22.1", runtime: "docker://20.10.7" });
    addNode({ name: "new", kubelet: "v1.36.4", runtime: "containerd://2.1.4" });
    const volumes = [{ name: "docker", hostPath: { path: "/var/run/docker.sock" } }];
    seedPod(plane.state, { name: "builder", namespace: "ci", nodeName: "old", spec: { volumes } });
    seedPod(plane.state, { name: "web", nodeName: "old" });
    const { code, out } = await cli(["doctor", "--kubeconfig", kubeconfig]);
    expect(out).toContain(
      "node old: kubelet v1.23.17 on docker://20.10.7 (docker by dockershim)\n  to do    Docker Engine through dockershim",
    );
    expect(out).toMatch(/1\. give ci\/builder another way: they mount Docker's socket/);
    expect(out).toContain("https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/change-runtime-containerd/");
    expect(out).toContain("node new: kubelet v1.36.4 on containerd://2.1.4 (containerd)\n  ok       containerd 2.1.4 speaks CRI v1");
    expect(out).toMatch(/something to do for 2 of 3; 2 warnings\n$/);
    expect(code).toBe(1);
  });

  describe("a node's lease", () => {
    const ago = (seconds: number, digits = 6): string =>
      new Date(Date.now() - seconds * 1000).toISOString().replace(/\.(\d+)Z/, `.$1${"0".repeat(digits - 3)}Z`);

    test.each([
      ["renewed", ago(1), undefined, "ok clock.lease"],
      ["from the future", ago(-3600), undefined, "to-do clock.lease"],
      ["not renewed", ago(300), undefined, "to-do lease.stale"],
      ["written just now by a clock that is behind", ago(300), ago(1), "to-do clock.lease"],
      ["written by a clock that is a little ahead", ago(-8), ago(1), "warning clock.lease"],
    ])("%s", async (_, renewTime, time, finding) => {
      const managedFields = time === undefined ? {} : { managedFields: [{ manager: "kubelet", operation: "Update", time }] };
      plane.state.create("leases", {
        metadata: { name: "leased", namespace: "kube-node-lease", ...managedFields },
        spec: { holderIdentity: "leased", leaseDurationSeconds: 40, renewTime },
      });
      onTestFinished(() => void plane.state.delete("leases", { name: "leased", namespace: "kube-node-lease" }));
      expect((await examine({ name: "leased", kubelet: "v1.36.4", runtime: "containerd://2.1.4" })).findings).toContain(finding);
    });
  });

  describe("a kubelet through its API server", () => {
    async function startOne(configuration: object = {}): Promise<{ port: number }> {
      const kubelet = await startKubelet({
        kubernetesVersion: "1.36",
        ports: { main: 0, healthz: 0 },
        configuration: {
          address: "127.0.0.1",
          authorization: { mode: "AlwaysAllow" },
          authentication: { x509: { clientCAFile: await files.file("authority.crt", plane.authority.cert) } },
          ...configuration,
        },
      });
      onTestFinished(() => kubelet.stop());
      return { port: Number(new URL(kubelet.urls.main).port) };
    }

    function addressed(port: number): void {
      plane.state.create("nodes", {
        metadata: { name: "joined" },
        spec: {},
        status: {
          nodeInfo: { kubeletVersion: "v1.36.4", containerRuntimeVersion: "containerd://2.1.4" },
          addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
          daemonEndpoints: { kubeletEndpoint: { Port: port } },
        },
      });
      onTestFinished(() => void plane.state.delete("nodes", { name: "joined" }));
    }

    test("tells its configuration and its health", async () => {
      addressed((await startOne({ readOnlyPort: 10255 })).port);
      const { complaints, findings } = await examineJson(["--kubeconfig", kubeconfig, "--all-nodes"]);
      expect(complaints).toEqual(expect.arrayContaining(["to-do access.always-allow", "warning port.read-only"]));
      expect(findings.map(({ id }) => id)).toContain("health.ok");
    });

    test("is asked itself with --direct, by the kubeconfig's user", async () => {
      addressed((await startOne()).port);
      const { report } = await examineJson(["--kubeconfig", kubeconfig, "--node", "joined", "--direct", "--insecure-skip-tls-verify"]);
      expect(report.kubelets).toMatchObject([{ node: "joined", kubeletVersion: "v1.36.4" }]);
      expect(report.kubelets[0]?.findings.map(({ id }) => id)).toContain("access.granted");
    });

    test("that does not know the API server", async () => {
      addressed(
        (
          await startOne({
            authentication: { x509: { clientCAFile: await files.file("o.crt", (await createAuthority({ commonName: "o" })).cert) } },
          })
        ).port,
      );
      expect((await examineJson(["--kubeconfig", kubeconfig, "--node", "joined"])).of("proxy.refused").text).toContain("(401)");
    });

    test("that does not let the API server in", async () => {
      // The double's own client is in system:masters, whom every kubelet obeys.
      const server = createServer(plane.authority.issue({ commonName: "node", usage: "server" }), (_, response) => {
        response.writeHead(403).end("Forbidden (user=apiserver-client, verb=get, resource=nodes, subresource(s)=[configz proxy])\n");
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      onTestFinished(() => void server.close());
      // It listens on TCP.
      addressed((server.address() as AddressInfo).port);
      const { complaints, of } = await examineJson(["--kubeconfig", kubeconfig, "--node", "joined"]);
      expect(complaints).toContain("to-do proxy.refused");
      expect(of("proxy.refused").steps[0]?.command).toContain("--clusterrole=system:kubelet-api-admin --user='apiserver-client'");
    });

    test("that is gone", async () => {
      addressed(1);
      expect((await examineJson(["--kubeconfig", kubeconfig, "--node", "joined"])).complaints).toContain("to-do proxy.unreachable");
    });
  });

  test("nothing is ever written", () => {
    const asked = plane.requests.all({ user: "reader" });
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });
});

describe("doctor --runtime-endpoint", () => {
  async function socket(...faults: RuntimeFault[]): Promise<string> {
    const double = new RuntimeDouble({ runtimeVersion: "2.1.4" });
    for (const fault of faults) double.faults.add(fault);
    const served = await serveDouble(double, join(files.directory, `${faults[0] ?? "sound"}.sock`));
    onTestFinished(async () => {
      await served.stop();
      await double.close();
    });
    return served.endpoint;
  }

  test.each<[RuntimeFault[], string[], number]>([
    [[], ["ok       containerd 2.1.4 speaks CRI v1", "ok       it knows CheckpointContainer", "nothing to do"], 0],
    [["v1alpha2-only"], ["to do    no CRI v1 is spoken there"], 1],
    [["version-empty"], ["to do    the runtime leaves fields of Version empty"], 1],
    [["network-not-ready"], ["to do    the runtime is not NetworkReady: Network plugin returns error: cni plugin not initialized"], 1],
    [["runtime-config-unimplemented"], ["soon     it does not tell its cgroup driver"], 0],
  ])("%j", async (faults, lines, code) => {
    const { out, code: ended } = await cli(["doctor", "--runtime-endpoint", await socket(...faults)]);
    for (const line of lines) expect(out).toContain(line);
    expect(ended).toBe(code);
  });
});

describe("a runtime", () => {
  async function served(double: RuntimeDouble): Promise<string> {
    const server = await serveDouble(double, join(files.directory, "runtime.sock"));
    onTestFinished(async () => {
      await server.stop();
      await double.close();
    });
    return server.endpoint;
  }

  test.each<[CheckpointOutcomeName, string]>([
    ["unimplemented", "unknown method CheckpointContainer"],
    ["stub", "method CheckpointContainer not implemented"],
    ["unavailable", "checkpoint/restore support not available"],
    ["no-criu", "CRIU binary not found"],
  ])("that cannot checkpoint: %s", async (outcome, text) => {
    const double = new RuntimeDouble({ runtimeVersion: "2.1.4", checkpoint: outcome });
    const { of, code } = await examineJson(["--runtime-endpoint", await served(double)]);
    expect(of("socket.checkpoint")).toMatchObject({ level: "note", owner: "runtime", text: expect.stringContaining(text) });
    expect(code).toBe(0);
  });

  test("that is not there, or does not answer", async () => {
    const gone = await examineJson(["--runtime-endpoint", "unix:///nowhere/x.sock"]);
    expect(gone.of("socket.unreachable").text).toBe("no runtime answers there: no such file or directory");
    const silent = createNetServer().listen(join(files.directory, "silent.sock"));
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { of } = await examineJson(["--runtime-endpoint", `unix://${join(files.directory, "silent.sock")}`, "--timeout", "0.3"]);
    expect(of("socket.unreachable").text).toBe("no runtime answers there: it does not answer within 0.3 s");
  });

  test.each([
    ["1.30", "to-do cgroup.driver"],
    // From 1.31 on the kubelet takes the runtime's.
    ["1.36", undefined],
  ])("with another cgroup driver than a kubelet of %s", async (kubernetesVersion, complaint) => {
    const kubelet = await startKubelet({ kubernetesVersion });
    onTestFinished(() => kubelet.stop());
    const { adminCredentials: admin } = kubelet;
    const double = new RuntimeDouble();
    double.faults.add("runtime-config-systemd");
    const pair = [await files.file("admin.crt", admin?.cert ?? ""), await files.file("admin.key", admin?.key ?? "")] as const;
    const asAdmin = ["--client-certificate", pair[0], "--client-key", pair[1], "--insecure-skip-tls-verify"];
    const { complaints } = await examineJson(["--server", kubelet.urls.main, ...asAdmin, "--runtime-endpoint", await served(double)]);
    expect(complaints.find((one) => one.includes("cgroup.driver"))).toBe(complaint);
  });
});

describe("doctor cannot look", () => {
  test.each<[string[], RegExp]>([
    [
      [],
      /whom to look at\? Give --server URL, --all-nodes \(of KUBECONFIG, else ~\/\.kube\/config\), --kubeconfig FILE, --runtime-endpoint/,
    ],
    [["--node", "n", "--runtime-endpoint", "unix:///x"], /--node needs to know the cluster: --kubeconfig FILE/],
    [["--runtime-endpoint", "tcp://127.0.0.1:1"], /--runtime-endpoint: .*unix:\/\//],
    [["--kubeconfig", "/nowhere/x"], /\/nowhere\/x: the kubeconfig cannot be read/],
    [["--output", "yaml"], /write text or json/],
    [["--server", "10.0.0.7:10250"], /has no scheme; write https:\/\/10.0.0.7:10250/],
    [["--kubeconfig", "/nowhere/x", "--all-nodes", "--node", "n"], /--node and --all-nodes exclude each other/],
    [["--node-root", "/nowhere"], /--node-root \/nowhere is no directory/],
    [["--server", "https://127.0.0.1:1", "--token-file", "/nowhere"], /token file \/nowhere cannot be read/],
  ])("%j", async (args, message) => {
    const { code, out, err } = await cli(["doctor", ...args]);
    expect(err.trimEnd()).toMatch(message);
    expect(err.trimEnd()).not.toContain("\n");
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test("a node that is not there is answered with those that are", async () => {
    addNode({ name: "there", kubelet: "v1.36.4", runtime: "containerd://2.1.4" });
    const { code, err } = await cli(["doctor", "--kubeconfig", kubeconfig, "--node", "absent"]);
    expect(err).toContain('has no node "absent"; it has there');
    expect(code).toBe(2);
  });

  test("a user who may not read nodes is told so", async () => {
    const forbidden = await files.file("nobody.conf", plane.kubeconfigFor({ user: "nobody" }));
    const { code, err } = await cli(["doctor", "--kubeconfig", forbidden]);
    expect(err).toMatch(/answers GET \/api\/v1\/nodes\?limit=200 with 403.*give a kubeconfig of a user that may get and list nodes/);
    expect(code).toBe(2);
  });
});
