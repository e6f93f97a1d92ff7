import { join } from "node:path";
import { type ControlPlane, type JsonObject, seedPod, startControlPlane } from "@kubelet-conformance/control-plane";
import { RuntimeDouble, type RuntimeFault, serveDouble } from "@kubelet-conformance/cri/double";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
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
  const { code, out, err } = await cli(["doctor", "--kubeconfig", kubeconfig, "--node", spec.name, "--output", "json"]);
  if (out === "") throw new Error(err);
  // What the command writes, as its own types have it.
  const { nodes } = JSON.parse(out) as { nodes: { runtime: string; findings: { level: string; id: string }[] }[] };
  const [node] = nodes;
  return { code, runtime: node?.runtime ?? "", findings: node?.findings.map(({ level, id }) => `${level} ${id}`) ?? [], text: out };
}

const dockershimSocket = { "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///var/run/dockershim.sock" };

describe("doctor --kubeconfig", () => {
  test.each<[Omit<NodeSpec, "name">, string, string[], number]>([
    [{ kubelet: "v1.36.4", runtime: "containerd://2.1.4" }, "containerd", ["ok containerd.cri-v1"], 0],
    [{ kubelet: "v1.30.1", runtime: "containerd://1.7.20" }, "containerd", ["ok containerd.cri-v1"], 0],
    [{ kubelet: "v1.34.1", runtime: "containerd://1.7.20" }, "containerd", ["ok containerd.cri-v1", "soon containerd.runtime-config"], 0],
    [{ kubelet: "v1.25.16", runtime: "containerd://1.5.9" }, "containerd", ["to-do containerd.no-cri-v1"], 1],
    [{ kubelet: "v1.36.4", runtime: "cri-o://1.36.0" }, "CRI-O", ["ok cri-o"], 0],
    [{ kubelet: "v1.36.4", runtime: "cri-o://1.34.2" }, "CRI-O", ["ok cri-o", "note cri-o.minor"], 0],
    [{ kubelet: "v1.23.17", runtime: "docker://20.10.7" }, "docker by dockershim", ["to-do docker.dockershim"], 1],
    [{ kubelet: "v1.30.1", runtime: "docker://28.3.2" }, "docker by a CRI shim", ["ok docker.shim"], 0],
    [
      { kubelet: "v1.24.1", runtime: "containerd://1.6.8", annotations: dockershimSocket },
      "containerd",
      ["ok containerd.cri-v1", "to-do kubeadm.dockershim-socket"],
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

  test("a node with dockershim is told what to do, in which order, and which pods mount Docker's socket", async () => {
    addNode({ name: "old", kubelet: "v1.23.17", runtime: "docker://20.10.7" });
    addNode({ name: "older", kubelet: "v1.22.1", runtime: "docker://20.10.7" });
    addNode({ name: "new", kubelet: "v1.36.4", runtime: "containerd://2.1.4" });
    const volumes = [{ name: "docker", hostPath: { path: "/var/run/docker.sock" } }];
    seedPod(plane.state, { name: "builder", namespace: "ci", nodeName: "old", spec: { volumes } });
    seedPod(plane.state, { name: "web", nodeName: "old" });
    const { code, out } = await cli(["doctor", "--kubeconfig", kubeconfig]);
    expect(out).toContain(
      "node old: kubelet v1.23.17 on docker://20.10.7 (docker by dockershim)\n  to do  Docker Engine through dockershim",
    );
    expect(out).toMatch(/1\. give ci\/builder another way: they mount Docker's socket/);
    expect(out).toContain("https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/change-runtime-containerd/");
    expect(out).toContain("node new: kubelet v1.36.4 on containerd://2.1.4 (containerd)\n  ok     containerd 2.1.4 speaks CRI v1");
    expect(out).toMatch(/something to do for 2 of 3\n$/);
    expect(code).toBe(1);
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
    [[], ["ok     containerd 2.1.4 speaks CRI v1", "ok     it knows CheckpointContainer", "nothing to do"], 0],
    [["v1alpha2-only"], ["to do  no CRI v1 is spoken there"], 1],
    [["version-empty"], ["to do  the runtime leaves fields of Version empty"], 1],
    [["network-not-ready"], ["to do  the runtime is not NetworkReady: Network plugin returns error: cni plugin not initialized"], 1],
    [["runtime-config-unimplemented"], ["soon   it does not tell its cgroup driver"], 0],
  ])("%j", async (faults, lines, code) => {
    const { out, code: ended } = await cli(["doctor", "--runtime-endpoint", await socket(...faults)]);
    for (const line of lines) expect(out).toContain(line);
    expect(ended).toBe(code);
  });
});

describe("doctor cannot look", () => {
  test.each<[string[], RegExp]>([
    [[], /whom to look at\? Give --kubeconfig FILE, or --runtime-endpoint/],
    [["--node", "n", "--runtime-endpoint", "unix:///x"], /need to know the cluster: --kubeconfig FILE/],
    [["--runtime-endpoint", "unix:///nowhere/x.sock"], /--runtime-endpoint: .*cannot be reached/],
    [["--kubeconfig", "/nowhere/x"], /\/nowhere\/x: the kubeconfig cannot be read/],
    [["--output", "yaml"], /write text or json/],
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
