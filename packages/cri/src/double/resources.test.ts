import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { runContainer, runSandbox, startDouble, temporaryDirectory } from "./fixture.test.support.ts";

test("resources are updated in place", async () => {
  const { client } = startDouble();
  const { containerId, podSandboxId } = await runContainer(client);
  await client.runtime.updateContainerResources({ containerId, linux: { cpuShares: 512n } });
  expect((await client.runtime.containerStatus({ containerId })).status?.resources?.linux).toMatchObject({ cpuShares: 512n });
  await client.runtime.updatePodSandboxResources({ podSandboxId });
  await client.runtime.updateRuntimeConfig({ runtimeConfig: { networkConfig: { podCidr: "10.0.0.0/24" } } });
  for (const refused of [
    client.runtime.updateContainerResources({ containerId: "gone" }),
    client.runtime.updatePodSandboxResources({ podSandboxId: "gone" }),
  ]) {
    expect(await refused.catch(grpcErrorText)).toContain("code = NotFound");
  }
});

test("a log that was renamed goes on at its path", async () => {
  const { client } = startDouble();
  const logDirectory = await temporaryDirectory();
  const { containerId } = await runContainer(client, { logDirectory, logPath: "0.log" });
  const path = join(logDirectory, "0.log");
  await rename(path, `${path}.old`);
  await client.runtime.reopenContainerLog({ containerId });
  expect(await readFile(path, "utf8")).toBe("");
  expect(await readFile(`${path}.old`, "utf8")).toContain("tick 0");
  await client.runtime.stopContainer({ containerId });
  expect(await client.runtime.reopenContainerLog({ containerId }).catch(grpcErrorText)).toBe(
    "rpc error: code = Unknown desc = container is not running",
  );
});

test("the stats and metrics of a pod are those of its running containers", async () => {
  const { client } = startDouble();
  await runSandbox(client, "empty");
  const { containerId, podSandboxId } = await runContainer(client);
  const { stats } = await client.runtime.podSandboxStats({ podSandboxId });
  expect(stats).toMatchObject({
    attributes: { id: podSandboxId, metadata: { name: "counter-node" } },
    linux: { memory: { workingSetBytes: { value: 684_032n } }, containers: [{ attributes: { id: containerId } }] },
  });
  expect((await client.runtime.listPodSandboxStats({})).stats).toHaveLength(2);
  expect((await client.runtime.listPodSandboxStats({ filter: { id: podSandboxId } })).stats).toHaveLength(1);
  expect(await client.runtime.podSandboxStats({ podSandboxId: "gone" }).catch(grpcErrorText)).toContain("code = NotFound");

  const { descriptors } = await client.runtime.listMetricDescriptors({});
  const { podMetrics } = await client.runtime.listPodSandboxMetrics({});
  const metrics = podMetrics.find((pod) => pod.podSandboxId === podSandboxId)?.containerMetrics[0]?.metrics ?? [];
  expect(metrics.map(({ name, labelValues }) => [name, labelValues.length])).toEqual(
    descriptors.map(({ name, labelKeys }) => [name, labelKeys.length]),
  );
});
