import { readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { connectRuntime } from "@kubelet-conformance/cri";
import { RuntimeDouble, serveDouble } from "@kubelet-conformance/cri/double";
import { expect, onTestFinished, test } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import { containerLabel, nameLabel, nameOnNode } from "./labels.ts";
import { restoreProbe } from "./restore.ts";

const counting = ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 0.01; done"];

/** The testbed's container under a runtime double on a socket, an archive of it, and the probe. */
async function arrange(command = counting, options: ConstructorParameters<typeof RuntimeDouble>[0] = {}) {
  const files = await scratch();
  const { directory } = files;
  onTestFinished(() => files.remove());
  const double = new RuntimeDouble(options);
  const served = await serveDouble(double, join(directory, "cri.sock"));
  const client = await connectRuntime(served.endpoint);
  onTestFinished(async () => {
    await client.close();
    await served.stop();
    await double.close();
  });
  const { runtime } = client;
  const { podSandboxId } = await runtime.runPodSandbox({
    config: { metadata: { name: nameOnNode, namespace: "default", uid: "u" }, labels: { [nameLabel]: nameOnNode } },
  });
  const { containerId } = await runtime.createContainer({
    podSandboxId,
    config: {
      metadata: { name: "running" },
      image: { image: "localhost/busybox:1" },
      command,
      labels: { [nameLabel]: nameOnNode, [containerLabel]: "running" },
      mounts: [{ containerPath: "/etc/hosts", hostPath: "/pods/u/etc-hosts" }],
    },
  });
  await runtime.startContainer({ containerId });
  const archive = join(directory, "archive.tar");
  const seen: number[] = [];
  const { restore } = restoreProbe({
    client,
    directory: join(directory, "restored"),
    undisturbed: async (work) => {
      try {
        return await work();
      } finally {
        seen.push(double.state.sandboxes.size);
      }
    },
  });
  const checkpoint = () => runtime.checkpointContainer({ containerId, location: archive });
  /** Nothing is left but the original, already when the kubelet is let go. */
  const expectTidy = async (): Promise<void> => {
    expect(seen).toEqual([1]);
    expect(double.state.containers.size).toBe(1);
    expect(await readdir(directory)).not.toContain("restored");
  };
  return { double, archive, restore, checkpoint, expectTidy };
}

const { signal } = new AbortController();

test.each(["containerd", "cri-o"] as const)("the first line of a restored container, as %s logs it", async (archiveLayout) => {
  const { archive, restore, checkpoint, expectTidy } = await arrange(counting, { archiveLayout });
  await checkpoint();
  expect(await restore(archive, signal)).toEqual({ line: expect.stringMatching(/^tick [1-9]\d*$/) });
  await expectTidy();
});

test("a runtime's refusal, in its words", async () => {
  const { archive, restore, checkpoint, expectTidy } = await arrange();
  await checkpoint();
  await truncate(archive, (await stat(archive)).size / 2);
  expect(await restore(archive, signal)).toEqual({ refused: "create", text: expect.stringMatching(/unexpected EOF$/) });
  await expectTidy();
});

test("a container that ends without a word", async () => {
  const { archive, restore, checkpoint, expectTidy } = await arrange(["sleep", "0.5"]);
  await checkpoint();
  expect(await restore(archive, signal)).toEqual({ silent: "it ended with exit code 0: Completed" });
  await expectTidy();
});

test("a stop while it waits for a line leaves nothing", async () => {
  const { double, archive, restore, checkpoint, expectTidy } = await arrange(["sleep", "infinity"]);
  await checkpoint();
  const controller = new AbortController();
  const asked = double.nextCall("StartContainer");
  const restored = restore(archive, controller.signal);
  await asked;
  controller.abort(new Error("enough"));
  await expect(restored).rejects.toThrow(/enough|abort|cancel/);
  await expectTidy();
});
