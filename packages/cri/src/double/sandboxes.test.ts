import { expect, test } from "vitest";
import { ContainerState, NamespaceMode, PodSandboxState } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { runContainer, runSandbox, startDouble } from "./fixture.test.support.ts";

test("a sandbox shows what a kubelet compares with its request", async () => {
  const { client } = startDouble();
  const podSandboxId = await runSandbox(client, "web");
  const { status } = await client.runtime.podSandboxStatus({ podSandboxId });
  expect(status).toMatchObject({
    id: podSandboxId,
    state: PodSandboxState.SANDBOX_READY,
    metadata: { name: "web", uid: "uid-of-web", namespace: "default" },
    labels: { "io.kubernetes.pod.uid": "uid-of-web" },
    annotations: { note: "kept" },
    network: { ip: "" },
    linux: {
      namespaces: { options: { network: NamespaceMode.NODE, pid: NamespaceMode.CONTAINER } },
    },
  });
  expect(status!.createdAt).toBeGreaterThan(0n);
});

test("pods outside the host's network have addresses of their own", async () => {
  const { client } = startDouble();
  const ip = async () => {
    const { podSandboxId } = await client.runtime.runPodSandbox({ config: {} });
    return (await client.runtime.podSandboxStatus({ podSandboxId })).status?.network?.ip;
  };
  expect([await ip(), await ip()]).toEqual(["10.88.0.1", "10.88.0.2"]);
});

test("filters: id, state and labels", async () => {
  const { client } = startDouble();
  const a = await runSandbox(client, "a");
  const b = await runSandbox(client, "b");
  await client.runtime.stopPodSandbox({ podSandboxId: a });
  const list = async (filter: object) => (await client.runtime.listPodSandbox({ filter })).items.map(({ id }) => id);
  expect(await list({})).toEqual([a, b]);
  expect(await list({ id: a })).toEqual([a]);
  expect(await list({ state: { state: PodSandboxState.SANDBOX_READY } })).toEqual([b]);
  expect(await list({ labelSelector: { "io.kubernetes.pod.uid": "uid-of-a" } })).toEqual([a]);
  expect(await list({ labelSelector: { "io.kubernetes.pod.uid": "uid-of-a", other: "" } })).toEqual([]);
});

test("stopping ends the containers, removing forgets them, and both may be repeated", async () => {
  const { client } = startDouble();
  const { podSandboxId, containerId } = await runContainer(client);
  await client.runtime.stopPodSandbox({ podSandboxId });
  await client.runtime.stopPodSandbox({ podSandboxId });
  expect((await client.runtime.containerStatus({ containerId })).status?.state).toBe(ContainerState.CONTAINER_EXITED);
  await client.runtime.removePodSandbox({ podSandboxId });
  await client.runtime.removePodSandbox({ podSandboxId });
  expect((await client.runtime.listContainers({})).containers).toEqual([]);
  expect(await client.runtime.podSandboxStatus({ podSandboxId }).catch(grpcErrorText)).toBe(
    `rpc error: code = NotFound desc = an error occurred when try to find sandbox "${podSandboxId}": not found`,
  );
});
