import { readFile } from "node:fs/promises";
import { watch } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ContainerState } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { runContainer, startDouble, temporaryDirectory } from "./fixture.test.support.ts";

/** A container that writes a line each hundredth of a second, and how to see that it does. */
async function arrange() {
  const { double, client } = startDouble();
  const directory = await temporaryDirectory();
  const { containerId } = await runContainer(client, {
    logDirectory: directory,
    command: ["sh", "-c", "i=0; while true; do echo n $i; i=$((i+1)); sleep 0.01; done"],
    logPath: "0.log",
  });
  const log = join(directory, "0.log");
  const watcher = watch(log);
  onTestFinished(() => watcher.close());
  const lines = async () => (await readFile(log, "utf8")).split("\n").length;
  const checkpoint = (timeoutMs = 5000) =>
    client.runtime.checkpointContainer({ containerId, location: join(directory, "archive.tar") }, { timeoutMs }).catch(grpcErrorText);
  /** Settles when the program has printed something from now on. */
  const ticks = async (): Promise<void> => {
    const before = await lines();
    while ((await lines()) === before) await new Promise((resolve) => watcher.once("change", resolve));
  };
  return { double, client, containerId, checkpoint, ticks, isFrozen: () => double.state.containers.get(containerId)?.frozen };
}

test("a checkpoint freezes the container for its time and no longer", async () => {
  const { double, checkpoint, ticks, isFrozen } = await arrange();
  double.checkpoint = "slow";
  const seen = double.nextCall("CheckpointContainer");
  const answer = checkpoint();
  await seen;
  expect(isFrozen()).toBe(true);
  double.releaseCheckpoints();
  await answer;
  expect(isFrozen()).toBe(false);
  await ticks();
});

test("a checkpoint that runs into the deadline lets the container go on", async () => {
  const { double, checkpoint, ticks } = await arrange();
  double.checkpoint = "hanging";
  expect(await checkpoint(20)).toContain("DeadlineExceeded");
  await ticks();
});

test.each(["ok", "hanging", "failing", "dying"] as const)(
  "%s can leave it frozen, and a later checkpoint does not thaw it",
  async (outcome) => {
    const { double, client, containerId, checkpoint, isFrozen } = await arrange();
    double.checkpoint = { outcome, frozen: true };
    await checkpoint(20);
    expect(isFrozen()).toBe(true);
    double.checkpoint = "ok";
    await checkpoint();
    expect(isFrozen()).toBe(true);
    expect((await client.runtime.containerStatus({ containerId })).status?.state).toBe(ContainerState.CONTAINER_RUNNING);
    expect(await client.runtime.execSync({ containerId, cmd: ["ls"] }).catch(grpcErrorText)).toMatch(
      /^rpc error: code = Unknown desc = failed to exec in container: failed to create exec "[0-9a-f]{64}": cannot exec in a paused state$/,
    );
    await client.runtime.stopContainer({ containerId });
    expect((await client.runtime.containerStatus({ containerId })).status).toMatchObject({ exitCode: 137 });
    expect(isFrozen()).toBe(false);
  },
);

test("overlapping checkpoints: who froze it thaws it", async () => {
  const { double, checkpoint, ticks, isFrozen } = await arrange();
  double.checkpoint = "slow";
  const first = double.nextCall("CheckpointContainer");
  const answers = [checkpoint()];
  const call = await first;
  const second = double.nextCall("CheckpointContainer");
  answers.push(checkpoint());
  const overlapping = await second;
  expect(call).not.toHaveProperty("endedAt");
  double.releaseCheckpoints();
  await Promise.all(answers);
  expect(overlapping.startedAt).toBeLessThan(call.endedAt ?? 0);
  expect(isFrozen()).toBe(false);
  await ticks();
});
