import { createServer } from "node:net";
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { examineJson, levelsOf } from "./doctor.support.ts";
import { nodeFiles } from "./node-path.ts";

/** A tree that stands for a node's file system. */
async function nodeRoot(tree: Record<string, string | Buffer> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "doctor-test-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(tree)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

async function look(tree: Record<string, string | Buffer>) {
  return examineJson(["--node-root", await nodeRoot(tree)]);
}

const sound = {
  "/proc/config.gz": gzipSync("CONFIG_A=y\nCONFIG_CHECKPOINT_RESTORE=y\n"),
  "/sys/fs/cgroup/cgroup.controllers": "cpu memory\n",
  "/usr/sbin/criu": "",
  "/var/lib/kubelet/config.yaml": "kind: KubeletConfiguration\ncgroupDriver: systemd\n",
};

test("a sound node", async () => {
  const { findings, report, code } = await look(sound);
  expect(levelsOf(findings.filter(({ id }) => id !== "files.checkpoints"))).toEqual({
    "files.kernel-checkpoint": "ok",
    "files.criu": "ok",
    "cgroup.version": "ok",
  });
  expect(report.files?.cgroupDriver).toBe("systemd");
  expect(code).toBe(findings.some(({ level }) => level === "to-do") ? 1 : 0);
});

test("the machine that the tests run on can be looked at", async () => {
  const { findings } = await examineJson(["--node-root", "/"]);
  expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["files.kernel-checkpoint", "files.criu"]));
});

describe("the kernel", () => {
  test.each<[Record<string, string | Buffer>, string, string]>([
    [{ "/proc/config.gz": gzipSync("# CONFIG_CHECKPOINT_RESTORE is not set\n") }, "to-do", "cannot checkpoint: /proc/config.gz"],
    [
      { "/proc/sys/kernel/osrelease": "6.1.0\n", "/boot/config-6.1.0": "CONFIG_CHECKPOINT_RESTORE=y\n", "/boot/config-5.0.0": "" },
      "ok",
      "/boot/config-6.1.0",
    ],
    [{ "/boot/config-6.1.0": "CONFIG_CHECKPOINT_RESTORE=y\n" }, "ok", "/boot/config-6.1.0"],
    [{ "/boot/config-6.1.0": "", "/boot/config-5.0.0": "" }, "note", "nothing tells"],
    [{ "/proc/sys/kernel/osrelease": "6.1.0\n", "/lib/modules/6.1.0/config": "CONFIG_CHECKPOINT_RESTORE=y\n" }, "ok", "/lib/modules"],
    [{}, "note", "nothing tells"],
  ])("%#: %s", async (tree, level, text) => {
    expect((await look(tree)).of("files.kernel-checkpoint")).toMatchObject({ level, text: expect.stringContaining(text) });
  });
});

describe("cgroups", () => {
  const v1 = { "/sys/fs/cgroup/memory/tasks": "" };

  test("version 1 needs failCgroupV1: false", async () => {
    expect((await look(v1)).of("cgroup.version")).toMatchObject({ level: "soon", text: expect.stringContaining("from 1.35 on") });
    const kept = { ...v1, "/var/lib/kubelet/config.yaml": "failCgroupV1: false\n" };
    expect((await look(kept)).of("cgroup.version").text).toContain("failCgroupV1: false keeps its kubelet");
  });

  test("the configuration of a kubelet that runs is where its command line says", async () => {
    const running = {
      ...v1,
      "/proc/77/cmdline": "/usr/bin/kubelet\0--config=/etc/k.yaml\0--root-dir\0/data\0",
      "/etc/k.yaml": "cgroupDriver: cgroupfs\nfailCgroupV1: false\n",
    };
    const { of, report } = await look({ ...running, "/data/checkpoints/a.tar": "x" });
    expect(of("cgroup.version").text).toContain("failCgroupV1: false keeps its kubelet");
    expect(report.files?.cgroupDriver).toBe("cgroupfs");
    expect(of("files.checkpoints").text).toContain("1 archive of 1 B in /data/checkpoints");
  });
});

test("archives of checkpoints are counted", async () => {
  const root = await nodeRoot({ "/var/lib/kubelet/checkpoints/a.tar": "", "/var/lib/kubelet/checkpoints/b.tar": "0123456789" });
  await truncate(join(root, "var/lib/kubelet/checkpoints/a.tar"), 3 * 1024 ** 3);
  const found = (await examineJson(["--node-root", root])).of("files.checkpoints");
  expect(found.text).toMatch(
    /^2 archives of 3\.0 GiB in \/var\/lib\/kubelet\/checkpoints; (only )?[\d.]+ \S+ \(\d+ %\) of its disk are free/,
  );
  expect(found.steps[0]?.text).toContain("the kubelet never does");
});

describe("what is left of dockershim", () => {
  test("its socket, through the link that /var/run is", async () => {
    const root = await nodeRoot({ "/run/other": "" });
    await mkdir(join(root, "var"));
    await symlink("/run", join(root, "var/run"));
    const server = createServer().listen(join(root, "run/dockershim.sock"));
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { of, code } = await examineJson(["--node-root", root]);
    expect(of("files.dockershim").text).toBe("dockershim has left /var/run/dockershim.sock");
    expect(code).toBe(1);
  });

  test.each<[string, string, string[]]>([
    ["/etc/default/kubelet", 'KUBELET_EXTRA_ARGS="--container-runtime=docker --v=2"', ["to-do files.dockershim-flags"]],
    [
      "/var/lib/kubelet/kubeadm-flags.env",
      'KUBELET_KUBEADM_ARGS="--network-plugin=cni --container-runtime-endpoint=unix:///var/run/dockershim.sock --pod-infra-container-image=registry.k8s.io/pause:3.9"',
      ["to-do files.dockershim-flags", "to-do files.removed-flags", "soon files.removed-flags"],
    ],
    [
      "/etc/systemd/system/kubelet.service.d/20-old.conf",
      "[Service]\nExecStart=/usr/bin/kubelet \\\n  --cni-bin-dir /opt/cni/bin\n# --docker-endpoint=x\n",
      ["to-do files.removed-flags"],
    ],
    ["/etc/sysconfig/kubelet", "KUBELET_EXTRA_ARGS=--container-runtime-endpoint=unix:///run/containerd/containerd.sock --config=/x", []],
    // What a kubelet was started with it knows.
    ["/proc/7/cmdline", "kubelet\0--container-runtime=remote\0", ["soon files.removed-flags"]],
  ])("%s: %s", async (path, content, complaints) => {
    const found = await look({ ...sound, [path]: content });
    expect(found.complaints.filter((complaint) => complaint.includes("flags"))).toEqual(complaints);
  });
});

test("symbolic links of a node do not lead out of it, nor round in circles", async () => {
  const root = await nodeRoot({ "/a/real": "x" });
  await symlink("/a", join(root, "absolute"));
  await symlink("../../../../a", join(root, "a/up"));
  await symlink("/loop", join(root, "loop"));
  const { place, read } = nodeFiles(root);
  expect(await place("/absolute/real")).toBe(join(root, "a/real"));
  expect((await read("/a/up/real"))?.toString()).toBe("x");
  expect(await read("/loop/x")).toBeUndefined();
});

test.skipIf(process.getuid?.() === 0)("what this user may not read is said", async () => {
  const root = await nodeRoot({ "/etc/default/kubelet": "" });
  await chmod(join(root, "etc/default/kubelet"), 0);
  expect((await examineJson(["--node-root", root])).of("files.unreadable").text).toContain("/etc/default/kubelet");
});
