import { readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEntry } from "@kubelet-conformance/checkpoint-archive";
import { ContainerState } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { createContainer, runContainer, runSandbox, startDouble, temporaryDirectory } from "./fixture.test.support.ts";
import { decodeMemory } from "./memory.ts";
import type { RuntimeDoubleOptions } from "./runtime-double.ts";

const counting = ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 0.001; done"];

/** A container that has counted for a while, and its archive. */
async function arrange(options?: RuntimeDoubleOptions) {
  const { client } = startDouble(options);
  const directory = await temporaryDirectory();
  const { containerId } = await runContainer(client, { command: counting, logDirectory: directory, logPath: "original.log" });
  const archive = join(directory, "archive.tar");
  const linesOf = async (name: string): Promise<string[]> => (await readFile(join(directory, name), "utf8").catch(() => "")).split("\n");
  /** The log once it has that many lines. */
  const grown = async (name: string, lines: number): Promise<string[]> => {
    for (;;) {
      const found = (await linesOf(name)).slice(0, -1);
      if (found.length >= lines) return found;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  await grown("original.log", 5);
  await client.runtime.checkpointContainer({ containerId, location: archive, timeout: 0n });
  const sandbox = await runSandbox(client, "restored", directory);
  const restore = () => createContainer(client, sandbox, { name: "restored", image: archive, logPath: "restored.log" });
  return { client, archive, grown, restore };
}

const tickOf = (line = ""): number => Number(/tick (\d+)$/.exec(line)?.[1]);

test("a container of an archive goes on from where the original was, with its log, image and program", async () => {
  const { client, archive, grown, restore } = await arrange();
  const stepsKept = async (): Promise<number> => decodeMemory(await readEntry(archive, "checkpoint/pages-1.img"))?.steps ?? 0;
  const first = await stepsKept();
  const containerId = await restore();
  await client.runtime.startContainer({ containerId });
  const lines = await grown("restored.log", 12);
  expect(lines.map(tickOf)).toEqual(lines.map((_, index) => index));
  const { status } = await client.runtime.containerStatus({ containerId });
  expect(status).toMatchObject({ state: ContainerState.CONTAINER_RUNNING, image: { image: "localhost/busybox:1" } });
  // Restored ones can be checkpointed, too.
  await grown("restored.log", first + 2);
  await client.runtime.checkpointContainer({ containerId, location: archive, timeout: 0n });
  expect(await stepsKept()).toBeGreaterThan(first);
});

test("CRI-O's way writes the log under the container's id", async () => {
  const { client, grown, restore } = await arrange({ archiveLayout: "cri-o" });
  const containerId = await restore();
  await client.runtime.startContainer({ containerId });
  const lines = await grown(`${containerId}.log`, 12);
  expect(lines.map(tickOf)).toEqual(lines.map((_, index) => index));
});

test("memory that holds no program shows when the container is started", async () => {
  const { client, archive, restore } = await arrange();
  const bytes = await readFile(archive, "latin1");
  await writeFile(archive, bytes.replace('{"command"', "\0".repeat(10)), "latin1");
  const containerId = await restore();
  expect(await client.runtime.startContainer({ containerId }).then(() => "ok", grpcErrorText)).toBe(
    "rpc error: code = Unknown desc = failed to restore containerd task: failed to create shim task: OCI runtime restore failed: criu failed: type RESTORE errno 0",
  );
  const { status } = await client.runtime.containerStatus({ containerId });
  expect(status?.state).toBe(ContainerState.CONTAINER_EXITED);
});

test.each([
  [
    "half of it",
    async (path: string) => truncate(path, (await stat(path)).size / 2),
    /unpacking of checkpoint archive \S+ failed: unexpected EOF$/,
  ],
  ["an empty file", async (path: string) => truncate(path, 0), /failed to read "spec.dump": open \S+ no such file or directory$/],
  [
    "an archive without config.dump",
    async (path: string) => writeFile(path, (await readFile(path, "latin1")).replace("config.dump\0", "dump.config\0"), "latin1"),
    /failed to read "config.dump": open \S+ no such file or directory$/,
  ],
])("%s is refused", async (_, damage, text) => {
  const { archive, restore } = await arrange();
  await damage(archive);
  expect(await restore().catch(grpcErrorText)).toMatch(text);
});

test("a path without a file is taken for an image", async () => {
  const { client } = startDouble();
  const image = join(await temporaryDirectory(), "absent.tar");
  expect(await createContainer(client, await runSandbox(client), { image }).catch(grpcErrorText)).toBe(
    `rpc error: code = NotFound desc = failed to check if this is a checkpoint image: failed to resolve image "${image}": not found`,
  );
});
