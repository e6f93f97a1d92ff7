import { Code, ConnectError } from "@connectrpc/connect";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { podResourcesClient } from "./pod-resources-client.ts";
import type { PodWithDevices } from "./pod-with-devices.ts";
import { PodResourcesRefusal, type PodResourcesService, servePodResources } from "./serve-pod-resources.ts";

const resourceName = "vendor.example/thing";
const near = { resourceName, id: "a", numaNodes: [0, 1] };
const anywhere = { resourceName, id: "b", numaNodes: [] };
const pod: PodWithDevices = { namespace: "default", name: "web", containers: [{ name: "main", devices: [near, anywhere] }] };

async function asked(changes: Partial<PodResourcesService> = {}) {
  const directory = await mkdtemp(join(tmpdir(), "pod-resources-"));
  const path = join(directory, "kubelet.sock");
  const get = (namespace: string, name: string): PodWithDevices => {
    if (name === pod.name) return pod;
    throw new PodResourcesRefusal(`pod ${name} in namespace ${namespace} not found`);
  };
  const served = await servePodResources(path, { list: () => [pod], listAlpha: () => [pod], allocatable: () => [near], get, ...changes });
  const client = podResourcesClient(path);
  onTestFinished(async () => {
    client.close();
    await served.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return client;
}

const { signal } = new AbortController();

test("a pod arrives with its devices and their NUMA nodes, which v1alpha1 does not know", async () => {
  const client = await asked();
  expect(await client.list(signal)).toEqual([pod]);
  expect(await client.get("default", "web", signal)).toEqual(pod);
  expect(await client.allocatable(signal)).toEqual([near]);
  const containers = [{ name: "main", devices: [{ ...near, numaNodes: [] }, anywhere] }];
  expect(await client.listAlpha(signal)).toEqual([{ ...pod, containers }]);
});

test("a refusal has the code of Go's errors, and methods of other minors are unknown", async () => {
  const refusing = await asked();
  const words = { code: Code.Unknown, rawMessage: "pod nobody in namespace default not found" };
  await expect(refusing.get("default", "nobody", signal)).rejects.toMatchObject(words);
  const old = await asked({ get: undefined, listAlpha: undefined });
  for (const ask of [() => old.get("default", "web", signal), () => old.listAlpha(signal)]) {
    const error: unknown = await ask().catch((reason: unknown) => reason);
    expect(ConnectError.from(error).code).toBe(Code.Unimplemented);
  }
});
