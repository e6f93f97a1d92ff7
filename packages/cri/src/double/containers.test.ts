import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ContainerState } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { createContainer, runContainer, runSandbox, startDouble, temporaryDirectory } from "./fixture.test.support.ts";

const failure = (call: Promise<unknown>) => call.then(() => "no error", grpcErrorText);

test("a container is created, runs, is stopped and removed", async () => {
  const { client } = startDouble();
  const podSandboxId = await runSandbox(client);
  const containerId = await createContainer(client, podSandboxId, {
    command: ["sleep", "infinity"],
  });
  expect(containerId).toMatch(/^[0-9a-f]{64}$/);
  const status = async () => (await client.runtime.containerStatus({ containerId })).status;

  expect(await status()).toMatchObject({
    id: containerId,
    state: ContainerState.CONTAINER_CREATED,
    metadata: { name: "counter" },
    labels: { "io.kubernetes.container.name": "counter" },
    annotations: { note: "kept" },
    startedAt: 0n,
    user: { linux: { uid: 0n, gid: 0n, supplementalGroups: [0n] } },
  });
  await client.runtime.startContainer({ containerId });
  const running = await status();
  expect(running).toMatchObject({
    state: ContainerState.CONTAINER_RUNNING,
    finishedAt: 0n,
    reason: "",
  });
  expect(running!.startedAt).toBeGreaterThanOrEqual(running!.createdAt);
  expect(await failure(client.runtime.startContainer({ containerId }))).toContain("was started before");

  await client.runtime.stopContainer({ containerId, timeout: 30n });
  const exited = await status();
  expect(exited).toMatchObject({
    state: ContainerState.CONTAINER_EXITED,
    exitCode: 137,
    reason: "Error",
  });
  expect(exited!.finishedAt).toBeGreaterThanOrEqual(exited!.startedAt);
  await client.runtime.stopContainer({ containerId });

  await client.runtime.removeContainer({ containerId });
  await client.runtime.removeContainer({ containerId });
  expect(await failure(status())).toBe(
    `rpc error: code = NotFound desc = an error occurred when try to find container "${containerId}": not found`,
  );
});

test("an init container has ended when StartContainer answers, its output in the log", async () => {
  const { client } = startDouble();
  const logDirectory = await temporaryDirectory();
  const { containerId } = await runContainer(client, {
    logDirectory,
    command: ["sh", "-c", "echo init done; echo -n bad >&2; exit 4"],
    logPath: "init/0.log",
  });
  expect((await client.runtime.containerStatus({ containerId })).status).toMatchObject({
    state: ContainerState.CONTAINER_EXITED,
    exitCode: 4,
    logPath: join(logDirectory, "init/0.log"),
  });
  expect(await readFile(join(logDirectory, "init/0.log"), "utf8")).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z stdout F init done\n\d{4}-\S+Z stderr P bad\n$/,
  );
});

test("a line that is too long for one entry of the log is written in parts", async () => {
  const { client } = startDouble();
  const logDirectory = await temporaryDirectory();
  await runContainer(client, { logDirectory, command: ["echo", "x".repeat(40_000)], logPath: "0.log" });
  const entries = (await readFile(join(logDirectory, "0.log"), "utf8")).split("\n").map((line) => line.split(" "));
  expect(entries.map(([, , tag, text]) => [tag, text?.length])).toEqual([
    ["P", 16_384],
    ["P", 16_384],
    ["F", 7_232],
    [undefined, undefined],
  ]);
});

test("images appear by the reference asked for in lists, by their name in a status", async () => {
  const { client } = startDouble();
  const { image } = await client.image.imageStatus({ image: { image: "example.org/app:2" } });
  const podSandboxId = await runSandbox(client);
  const containerId = await createContainer(client, podSandboxId, { image: image!.id });
  expect((await client.runtime.listContainers({})).containers).toMatchObject([
    { id: containerId, image: { image: image!.id }, imageRef: image!.id },
  ]);
  expect((await client.runtime.containerStatus({ containerId })).status).toMatchObject({
    image: { image: "example.org/app:2" },
    imageRef: image!.id,
  });
});

test("a container without a command runs its image's program until it is stopped", async () => {
  const { client } = startDouble();
  const { containerId } = await runContainer(client, { command: [], args: ["--verbose"] });
  expect((await client.runtime.containerStatus({ containerId })).status?.state).toBe(ContainerState.CONTAINER_RUNNING);
});

test("a command that the image lacks is refused in runc's words", async () => {
  const { client } = startDouble();
  const podSandboxId = await runSandbox(client);
  const containerId = await createContainer(client, podSandboxId, { command: ["/app/server"] });
  expect(await failure(client.runtime.startContainer({ containerId }))).toMatch(
    /^rpc error: code = Unknown desc = failed to start containerd task "[0-9a-f]{64}": OCI runtime create failed: .*: exec: "\/app\/server": stat \/app\/server: no such file or directory$/,
  );
  expect((await client.runtime.containerStatus({ containerId })).status).toMatchObject({
    state: ContainerState.CONTAINER_EXITED,
    exitCode: 128,
    reason: "StartError",
  });
});

test("what cannot be created", async () => {
  const { client } = startDouble();
  expect(await failure(createContainer(client, "gone"))).toMatch(/code = NotFound desc = .* sandbox "gone": not found$/);
  const podSandboxId = await runSandbox(client);
  expect(await failure(createContainer(client, podSandboxId, { image: "localhost/absent:1" }))).toBe(
    'rpc error: code = NotFound desc = failed to resolve image "localhost/absent:1": not found',
  );
  await client.runtime.stopPodSandbox({ podSandboxId });
  expect(await failure(createContainer(client, podSandboxId))).toContain("is not running");
});

describe("filters of ListContainers and ListContainerStats", () => {
  async function threeContainers() {
    const { client } = startDouble();
    const first = await runSandbox(client, "first");
    const second = await runSandbox(client, "second");
    const a = await createContainer(client, first, { name: "a", command: ["sleep", "infinity"] });
    const b = await createContainer(client, first, { name: "b", command: ["true"] });
    const c = await createContainer(client, second, { name: "a" });
    await client.runtime.startContainer({ containerId: a });
    await client.runtime.startContainer({ containerId: b });
    return { client, first, second, a, b, c };
  }

  test("every member given must match", async () => {
    const { client, first, a, b, c } = await threeContainers();
    const list = async (filter: object) => (await client.runtime.listContainers({ filter })).containers.map(({ id }) => id);
    const name = "io.kubernetes.container.name";
    expect(await list({})).toEqual([a, b, c]);
    expect(await list({ id: b })).toEqual([b]);
    expect(await list({ podSandboxId: first })).toEqual([a, b]);
    expect(await list({ labelSelector: { [name]: "a" } })).toEqual([a, c]);
    expect(await list({ labelSelector: { [name]: "a" }, podSandboxId: first })).toEqual([a]);
    expect(await list({ state: { state: ContainerState.CONTAINER_CREATED } })).toEqual([c]);
    expect(await list({ state: { state: ContainerState.CONTAINER_EXITED } })).toEqual([b]);
    expect(await list({ id: a.slice(0, 12) })).toEqual([]);
  });

  test("stats list every container; of one that does not run they have no processor time and no memory", async () => {
    const { client, a, b, c } = await threeContainers();
    const { stats } = await client.runtime.listContainerStats({});
    expect(stats.map(({ attributes, cpu, memory }) => [attributes?.id, cpu !== undefined, memory !== undefined])).toEqual([
      [a, true, true],
      [b, false, false],
      [c, false, false],
    ]);
    expect((await client.runtime.listContainerStats({ filter: { id: b } })).stats).toMatchObject([{ writableLayer: {} }]);
    expect((await client.runtime.containerStats({ containerId: b })).stats?.memory).toBeUndefined();
  });
});
