import { createDevicePlugin, type DevicePluginOptions } from "@kubelet-conformance/device-plugin/double";
import { lstat, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Clock, createClock } from "../clock.ts";
import { silentLogger } from "../log.ts";
import type { Pod } from "../pods/pod.ts";
import { startDeviceManager } from "./device-manager.ts";
import { isExtendedResourceName } from "./resource-name.ts";

const resourceName = "vendor.example/thing";

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "devices-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function manager(directory: string, minor = "1.37", clock: Clock = createClock()) {
  const devices = await startDeviceManager({ directory, minor, clock, logger: silentLogger });
  onTestFinished(() => devices.stop());
  return devices;
}

async function plugin(directory: string, options: Partial<DevicePluginOptions> = {}) {
  const double = createDevicePlugin({ directory, resourceName, devices: [{ id: "a" }, { id: "b" }], ...options });
  onTestFinished(() => double.close());
  await double.serve();
  return double;
}

/** A clock whose waits are the test's to end. */
function waiting(wait: (milliseconds: number) => Promise<void>): Clock {
  return { ...createClock(), wait: (_what, milliseconds) => wait(milliseconds) };
}

function pod(uid: string, count: number): Pod {
  const resources = { limits: { [resourceName]: String(count), cpu: "1" } };
  return {
    metadata: { name: uid, namespace: "default", uid },
    spec: { containers: [{ name: "main", image: "x", imagePullPolicy: "Never", resources }], restartPolicy: "Always" },
  };
}

test("devices count while they are healthy and their plugin is there, and are forgotten five minutes after it left", async () => {
  const directory = await temporaryDirectory();
  const asked: number[] = [];
  const passed = Promise.withResolvers<void>();
  const clock = waiting((milliseconds) => {
    asked.push(milliseconds);
    return passed.promise;
  });
  const devices = await manager(directory, "1.37", clock);
  const double = await plugin(directory);
  const counted = (capacity: number, allocatable: number) =>
    vi.waitFor(() => expect(devices.capacity()).toEqual({ [resourceName]: { capacity, allocatable } }));
  expect(await double.register()).toMatchObject({ code: "OK" });
  await counted(2, 2);
  double.setDevices([{ id: "a" }, { id: "b", health: "Unhealthy" }]);
  await counted(2, 1);
  await double.leave();
  await counted(2, 0);
  expect(asked.at(-1)).toBe(300_000);
  passed.resolve();
  await counted(0, 0);
});

test("a plugin whose socket is not there is refused after ten seconds of the kubelet's time", async () => {
  const directory = await temporaryDirectory();
  await manager(
    directory,
    "1.37",
    waiting(async (milliseconds) => expect([1_000, 10_000]).toContain(milliseconds)),
  );
  const double = await plugin(directory);
  expect(await double.register({ endpoint: "absent.sock" })).toMatchObject({
    code: "Unknown",
    message: "failed to dial device plugin: context deadline exceeded",
  });
});

test.each([
  ["1.32", ["kubelet.sock", "nested"]],
  ["1.33", ["kubelet.sock", "nested", "notes.txt"]],
])("a kubelet of %s leaves in the directory what others do", async (minor, left) => {
  const directory = await temporaryDirectory();
  const abandoned = createServer().listen(join(directory, "old.sock"));
  await once(abandoned, "listening");
  abandoned.unref();
  await writeFile(join(directory, "notes.txt"), "");
  await mkdir(join(directory, "nested"));
  await manager(directory, minor);
  expect((await readdir(directory)).toSorted()).toEqual(left);
  expect((await lstat(join(directory, "kubelet.sock"))).mode & 0o022).toBe(0);
});

test("pods get devices of their own, keep them over a restart, and leave them to others", async () => {
  const directory = await temporaryDirectory();
  const first = await manager(directory);
  const double = await plugin(directory, { allocate: (ids) => ({ envs: { IDS: ids.join() } }) });
  await double.register();
  await vi.waitFor(() => expect(first.capacity()[resourceName]?.allocatable).toBe(2));
  const [one, other, greedy] = [pod("one", 1), pod("other", 1), pod("greedy", 2)];
  expect(await first.admit(one, new Set())).toBeUndefined();
  expect(await first.admit(other, new Set(["one"]))).toBeUndefined();
  expect(await first.admit(greedy, new Set(["one", "other"]))).toEqual({
    reason: "UnexpectedAdmissionError",
    message: `Pod was rejected: Allocate failed due to requested number of devices unavailable for ${resourceName}. Requested: 2, Available: 0, which is unexpected`,
  });
  const given = async (devices: typeof first, to: Pod) => {
    const [container] = to.spec.containers;
    return container && (await devices.prepare(to, container)).envs;
  };
  expect([await given(first, one), await given(first, other)]).toEqual([[{ key: "IDS", value: "a" }], [{ key: "IDS", value: "b" }]]);
  await first.stop();

  const second = await manager(directory);
  expect(second.capacity()).toEqual({ [resourceName]: { capacity: 0, allocatable: 0 } });
  expect(await second.admit(one, new Set(["one", "other"]))).toBeUndefined();
  expect(await given(second, one)).toEqual([{ key: "IDS", value: "a" }]);
  await double.leave();
  await double.serve();
  await double.register();
  await vi.waitFor(() => expect(second.capacity()[resourceName]?.allocatable).toBe(2));
  expect(await second.admit(greedy, new Set())).toBeUndefined();
});

test.each([
  ["vendor.example/thing", true],
  ["vendor.example/Type-1_a.B", true],
  ["thing", false],
  ["kubernetes.io/thing", false],
  ["x.kubernetes.io/thing", false],
  ["requests.example/thing", false],
  ["vendor.example/", false],
  ["vendor.example/a/b", false],
  ["Vendor.example/thing", false],
  [`vendor.example/${"a".repeat(64)}`, false],
  ["", false],
])("%s as a resource's name", (name, isOne) => {
  expect(isExtendedResourceName(name)).toBe(isOne);
});
