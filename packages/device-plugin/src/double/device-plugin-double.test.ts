import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { grpcErrorText } from "@kubelet-conformance/cri/grpc";
import { expect, onTestFinished, test } from "vitest";
import { emptyAllocation, encodeAllocation, decodeAllocation, pluginClient, RegistrationRefusal, serveRegistration } from "../index.ts";
import { kubeletSocket, pluginFailure } from "./device-plugin-double.ts";
import { servedPlugin, temporaryDirectory } from "./fixture.test.support.ts";

function clientOf({ directory, endpoint }: { directory: string; endpoint: string }) {
  const client = pluginClient(join(directory, endpoint));
  onTestFinished(() => client.close());
  return client;
}

test("a kubelet sees the options, the devices and each of their changes, until the plugin leaves", async () => {
  const plugin = await servedPlugin({ preStartRequired: true });
  const client = clientOf(plugin);
  expect(await client.options()).toMatchObject({ preStartRequired: true, getPreferredAllocationAvailable: false });
  const lists: string[] = [];
  const changed = Promise.withResolvers<void>();
  const watch = client.watch(undefined, (devices) => {
    lists.push(devices.map(({ ID, health }) => `${ID}=${health}`).join());
    if (lists.length === 2) changed.resolve();
    else plugin.setDevices([{ id: "a", health: "Unhealthy" }]);
  });
  await changed.promise;
  expect(lists).toEqual(["a=Healthy,b=Healthy", "a=Unhealthy"]);
  await plugin.leave();
  expect(await watch.catch(grpcErrorText)).toBe("rpc error: code = Unavailable desc = error reading from server: EOF");
  expect(await readdir(plugin.directory)).toEqual([]);
});

test("it allocates and prefers what the test wants, and records what it is asked", async () => {
  const plugin = await servedPlugin({
    allocate: (ids) => ({ envs: { DEVICES: ids.join() }, cdiDevices: [{ name: "vendor.example/thing=a" }] }),
    prefer: ({ available }) => available.slice(-1),
    preStart: () => {
      throw pluginFailure("no device answers");
    },
  });
  const client = clientOf(plugin);
  expect(await client.prefer(["a", "b"], 1)).toEqual(["b"]);
  const allocation = (await client.allocate(["a", "b"])) ?? emptyAllocation();
  expect(allocation).toMatchObject({ envs: { DEVICES: "a,b" }, cdiDevices: [{ name: "vendor.example/thing=a" }] });
  expect(decodeAllocation(encodeAllocation(allocation))).toEqual(allocation);
  expect(await client.preStart(["a"], 30_000).catch(grpcErrorText)).toBe("rpc error: code = Internal desc = no device answers");
  expect(plugin.calls).toMatchObject([
    { method: "GetPreferredAllocation", request: { available: ["a", "b"], size: 1 } },
    { method: "Allocate", request: { deviceIds: ["a", "b"] } },
    { method: "PreStartContainer", request: { deviceIds: ["a"] }, deadlineMs: 30_000 },
  ]);
  expect(await plugin.called("Allocate")).toBe(plugin.calls[1]);
});

test("it registers, says something else of itself when told to, and hears why it is refused", async () => {
  const directory = await temporaryDirectory();
  const plugin = await servedPlugin({ directory });
  const seen: unknown[] = [];
  const kubelet = await serveRegistration(join(directory, kubeletSocket), {
    register: async (request) => {
      seen.push(request);
      if (request.version !== "v1beta1") throw new RegistrationRefusal("not that version");
    },
  });
  onTestFinished(() => kubelet.stop());
  expect(await plugin.register()).toMatchObject({ code: "OK", message: "" });
  expect(await plugin.register({ version: "v1" })).toMatchObject({ code: "Unknown", message: "not that version" });
  expect(seen).toEqual([
    { version: "v1beta1", endpoint: "vendor.example_thing.sock", resourceName: "vendor.example/thing", hasOptions: true },
    { version: "v1", endpoint: "vendor.example_thing.sock", resourceName: "vendor.example/thing", hasOptions: true },
  ]);
});

test("a plugin of 1.9 asks a service that kubelets do not have, and has no options", async () => {
  const plugin = await servedPlugin({ api: "v1alpha1" });
  const kubelet = await serveRegistration(join(plugin.directory, kubeletSocket), { register: async () => {} });
  onTestFinished(() => kubelet.stop());
  expect(await plugin.register()).toMatchObject({ code: "Unimplemented", message: "unknown service deviceplugin.Registration" });
  expect(await clientOf(plugin).options().catch(grpcErrorText)).toBe(
    "rpc error: code = Unimplemented desc = unknown service v1beta1.DevicePlugin",
  );
});

test("whoever waits for a call is told when the plugin is closed", async () => {
  const plugin = await servedPlugin();
  const waiting = plugin.called("Allocate");
  await Promise.all([expect(waiting).rejects.toThrow("the double was closed while waiting for Allocate"), plugin.close()]);
});
