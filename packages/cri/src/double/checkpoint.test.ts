import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { listArchive } from "@kubelet-conformance/checkpoint-archive";
import { describe, expect, test } from "vitest";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { checkpointOutcomes, type CheckpointOutcome, type CheckpointOutcomeName } from "./checkpoint-outcomes.ts";
import { runContainer, startDouble, temporaryDirectory } from "./fixture.test.support.ts";

async function arrange(checkpoint: CheckpointOutcome) {
  const { double, client } = startDouble();
  const directory = await temporaryDirectory();
  const location = join(directory, "archive.tar");
  const { containerId } = await runContainer(client);
  double.checkpoint = checkpoint;
  const checkpointContainer = (options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    client.runtime.checkpointContainer({ containerId, location, timeout: 120n }, options).then(() => "ok", grpcErrorText);
  return { double, client, directory, location, containerId, checkpointContainer };
}

/** Whether the bytes end like a whole tar archive: two blocks of zeros. */
async function isWholeTar(path: string): Promise<boolean> {
  const bytes = await readFile(path);
  return bytes.length % 512 === 0 && bytes.length > 1024 && bytes.subarray(-1024).every((byte) => byte === 0);
}

describe("outcomes that refuse", () => {
  // {id} and {location} are those of the test's container.
  const texts: Partial<Record<CheckpointOutcomeName, string>> = {
    unimplemented: "code = Unimplemented desc = unknown method CheckpointContainer for service runtime.v1.RuntimeService",
    stub: "code = Unimplemented desc = method CheckpointContainer not implemented",
    unavailable: "code = Unknown desc = checkpoint/restore support not available",
    "no-criu":
      'code = Unknown desc = CRIU binary not found or too old (<31600). Failed to checkpoint container "{id}": failed to check for criu version: exec: "criu": executable file not found in $PATH',
    "not-found": 'code = NotFound desc = container "{id}" in namespace not found',
    failing:
      'code = Unknown desc = checkpointing container "{id}" failed: runc did not terminate successfully: exit status 1: read unixpacket @->@: EOF path= /run/containerd/io.containerd.runtime.v2.task/k8s.io/{id}/criu-dump.log',
    dead: 'code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"',
    dying: "code = Unavailable desc = error reading from server: EOF",
    "disk-full": "code = Unknown desc = write {location}: no space left on device",
    busy: 'code = Unknown desc = checkpointing container "{id}" failed: cannot pause a paused container',
    "not-writable": "code = Unknown desc = open {location}: read-only file system",
  };

  test("every one is listed here", () => {
    const refusing = Object.entries(checkpointOutcomes).flatMap(([name, { answers }]) => (answers === "ok" ? [] : [name]));
    expect(Object.keys(texts)).toEqual(refusing);
  });

  test.each(Object.entries(texts))("%s", async (name, text) => {
    // Object.entries widens the keys of `texts` to string.
    const { checkpointContainer, containerId, location, directory } = await arrange(name as CheckpointOutcomeName);
    expect(await checkpointContainer()).toBe(`rpc error: ${text.replaceAll("{id}", containerId).replaceAll("{location}", location)}`);
    expect(await readdir(directory)).toEqual(name === "disk-full" ? ["archive.tar"] : []);
  });

  test("a full disk leaves what fitted", async () => {
    const { double, checkpointContainer, location } = await arrange("disk-full");
    await checkpointContainer();
    const { size } = await stat(location);
    double.checkpoint = "ok";
    await checkpointContainer();
    expect(size).toBeLessThan((await stat(location)).size);
  });

  test("a refusal in the caller's own words", async () => {
    const { checkpointContainer, containerId, location } = await arrange({
      code: "FailedPrecondition",
      text: "{id} not to {location}, {other}",
    });
    expect(await checkpointContainer()).toBe(`rpc error: code = FailedPrecondition desc = ${containerId} not to ${location}, {other}`);
  });

  test("dead is the whole runtime, until another outcome is chosen", async () => {
    const { double, client } = await arrange("dead");
    double.clearCalls();
    expect(await client.runtime.listContainers({}).catch(grpcErrorText)).toContain("connection refused");
    expect(double.calls).toEqual([]);
    double.checkpoint = "ok";
    expect((await client.runtime.listContainers({})).containers).toHaveLength(1);
  });
});

describe("outcomes that answer", () => {
  const mode = async (path: string) => (await stat(path)).mode & 0o777;

  test("ok: a whole archive for root alone", async () => {
    const { checkpointContainer, location, directory } = await arrange("ok");
    expect(await checkpointContainer()).toBe("ok");
    expect(await isWholeTar(location)).toBe(true);
    expect(await mode(location)).toBe(0o600);
    expect(await readdir(directory)).toEqual(["archive.tar"]);
    expect(await checkpointContainer()).toBe("ok");
  });

  test("world-readable", async () => {
    const { checkpointContainer, location } = await arrange("world-readable");
    expect(await checkpointContainer()).toBe("ok");
    expect(await mode(location)).toBe(0o644);
  });

  test("no-archive and wrong-archive", async () => {
    const { double, checkpointContainer, location, directory } = await arrange("no-archive");
    expect(await checkpointContainer()).toBe("ok");
    expect(await readdir(directory)).toEqual([]);
    double.checkpoint = "wrong-archive";
    expect(await checkpointContainer()).toBe("ok");
    expect(await isWholeTar(location)).toBe(false);
    expect(await mode(location)).toBe(0o600);
  });

  test("truncated-archive: success, and half of an archive", async () => {
    const { double, checkpointContainer, location } = await arrange("truncated-archive");
    expect(await checkpointContainer()).toBe("ok");
    const { size } = await stat(location);
    await expect(listArchive(location)).rejects.toMatchObject({ code: "truncated" });
    double.checkpoint = "ok";
    await checkpointContainer();
    expect(size).toBe(Math.floor((await stat(location)).size / 2));
  });

  test("slow: only after the release, and later ones wait again", async () => {
    const { double, checkpointContainer, location, directory } = await arrange("slow");
    for (let round = 0; round < 2; round += 1) {
      const seen = double.nextCall("CheckpointContainer");
      const answer = checkpointContainer();
      await seen;
      if (round === 0) expect(await readdir(directory)).toEqual([]);
      double.releaseCheckpoints();
      expect(await answer).toBe("ok");
    }
    expect(await isWholeTar(location)).toBe(true);
  });

  test("slow by the clock", async () => {
    const { checkpointContainer, location } = await arrange({ slowMs: 1 });
    expect(await checkpointContainer()).toBe("ok");
    expect(await isWholeTar(location)).toBe(true);
  });

  test.each(["slow", "hanging", { slowMs: 600_000 }] as const)("%j ends with the deadline or the caller", async (outcome) => {
    const { double, checkpointContainer, directory } = await arrange(outcome);
    const seen = double.nextCall("CheckpointContainer");
    expect(await checkpointContainer({ timeoutMs: 20 })).toBe("rpc error: code = DeadlineExceeded desc = context deadline exceeded");
    const call = await seen;
    await call.ended;
    expect(call).toMatchObject({ deadlineMs: 20, cancelled: true });

    const abort = new AbortController();
    const next = double.nextCall("CheckpointContainer");
    const answer = checkpointContainer({ signal: abort.signal });
    const second = await next;
    abort.abort();
    expect(await answer).toBe("rpc error: code = Canceled desc = context canceled");
    await second.ended;
    expect(second.cancelled).toBe(true);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("checkpoints that a runtime cannot take", () => {
  test("of an unknown container", async () => {
    const { client } = await arrange("ok");
    expect(await client.runtime.checkpointContainer({ containerId: "gone" }).catch(grpcErrorText)).toBe(
      'rpc error: code = NotFound desc = an error occurred when try to find container "gone": not found',
    );
  });

  test("of a container that has ended", async () => {
    const { client, containerId, checkpointContainer } = await arrange("ok");
    await client.runtime.stopContainer({ containerId });
    expect(await checkpointContainer()).toBe(`rpc error: code = Unknown desc = container ${containerId} is not running`);
  });

  test("into a directory that is not there", async () => {
    const { client, containerId, directory } = await arrange("ok");
    const location = join(directory, "absent", "archive.tar");
    expect(await client.runtime.checkpointContainer({ containerId, location }).catch(grpcErrorText)).toBe(
      `rpc error: code = Unknown desc = open ${location}: no such file or directory`,
    );
  });
});
