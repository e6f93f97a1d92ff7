import { readFile } from "node:fs/promises";
import { watch } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CgroupDriver, ContainerState } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { RuntimeDouble } from "./runtime-double.ts";
import { runContainer, startDouble, temporaryDirectory } from "./fixture.test.support.ts";

test("it presents itself as a containerd that is ready", async () => {
  const { client } = startDouble({ runtimeVersion: "1.7.24" });
  expect(await client.runtime.version({})).toMatchObject({
    version: "0.1.0",
    runtimeName: "containerd",
    runtimeVersion: "1.7.24",
    runtimeApiVersion: "v1",
  });
  expect((await client.runtime.status({})).status?.conditions).toMatchObject([
    { type: "RuntimeReady", status: true },
    { type: "NetworkReady", status: true },
  ]);
  expect(await client.runtime.runtimeConfig({})).toMatchObject({
    linux: { cgroupDriver: CgroupDriver.CGROUPFS },
  });
});

test("calls are recorded with their scalar fields and deadlines, and can be cleared", async () => {
  const { double, client } = startDouble();
  await client.runtime.version({}, { timeoutMs: 120_000 });
  await client.runtime.containerStatus({ containerId: "gone" }).catch(() => {});
  await client.image.listImages({});
  expect(double.calls).toMatchObject([
    { method: "Version", request: { version: "" }, deadlineMs: 120_000, cancelled: false },
    {
      method: "ContainerStatus",
      request: { containerId: "gone", verbose: false },
      cancelled: false,
    },
    { method: "ListImages", request: {}, cancelled: false },
  ]);
  expect(double.calls[1]).not.toHaveProperty("deadlineMs");
  double.clearCalls();
  expect(double.calls).toEqual([]);
});

test("waiting for a call ends when it is given up and when the double is closed", async () => {
  const double = new RuntimeDouble();
  const given = double.nextCall("Version", AbortSignal.abort(new Error("given up")));
  await expect(given).rejects.toThrow("given up");
  const waiting = double.nextCall("Version");
  await Promise.all([expect(waiting).rejects.toThrow("the double was closed while waiting for Version"), double.close()]);
});

test("closing ends programs and logs, and leaves nobody at the socket", async () => {
  const { double, client } = startDouble({ socketPath: "/run/test.sock" });
  const { containerId } = await runContainer(client);
  await double.close();
  await double.close();
  expect(double.state.containers.get(containerId)).toMatchObject({
    state: ContainerState.CONTAINER_EXITED,
    exitCode: 137,
  });
  expect(await client.runtime.version({}).catch(grpcErrorText)).toContain("dial unix /run/test.sock: connect: connection refused");
});

test("the log of a running container grows", async () => {
  const { client } = startDouble();
  const logDirectory = await temporaryDirectory();
  await runContainer(client, {
    logDirectory,
    command: ["sh", "-c", "i=7; while true; do echo n $i; i=$((i+1)); sleep 0.01; done"],
    logPath: "0.log",
  });
  const path = join(logDirectory, "0.log");
  const lines = async () => (await readFile(path, "utf8")).split("\n").map((line) => line.split(" ").slice(1).join(" "));
  const watcher = watch(path);
  try {
    while ((await lines()).length < 4) await new Promise((resolve) => watcher.once("change", resolve));
  } finally {
    watcher.close();
  }
  expect((await lines()).slice(0, 3)).toEqual(["stdout F n 7", "stdout F n 8", "stdout F n 9"]);
});
