import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { addressesOf } from "./addresses.ts";

const context = { nodeName: "n1.invalid", listens: "127.0.0.1" };
const hostname = { type: "Hostname", address: "n1.invalid" };

test.each(["0.0.0.0", "::"])("--node-ip=%s stands for the machine's own address", async (ip) => {
  expect(await addressesOf({ ...context, ips: [ip] }, [])).toEqual([{ type: "InternalIP", address: "127.0.0.1" }, hostname]);
});

test.each([
  ["203.0.113.7", 'node IP: "203.0.113.7" not found in the host\'s network interfaces'],
  ["224.0.0.1", "nodeIP can't be a multicast address"],
  ["169.254.0.1", "nodeIP can't be a link-local unicast address"],
])("%s is refused in the kubelet's words", async (ip, problem) => {
  await expect(addressesOf({ ...context, ips: [ip] }, [])).rejects.toThrow(`failed to validate nodeIP: ${problem}`);
  await expect(addressesOf({ ...context, ips: ["127.0.0.1", ip] }, [])).rejects.toThrow(`failed to validate secondaryNodeIP: ${problem}`);
});

test("a kubelet that serves others takes no loopback address", async () => {
  const own = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address));
  expect(own).toContain("127.0.0.1");
  const outcome = addressesOf({ ...context, listens: "0.0.0.0", ips: ["127.0.0.1"] }, []);
  await expect(outcome).rejects.toThrow("failed to validate nodeIP: nodeIP can't be loopback address");
});

test("an external cloud provider's addresses stay, and until it comes there is the name alone", async () => {
  const given = [{ type: "ExternalIP", address: "203.0.113.9" }];
  const cloud = { ...context, externalCloudProvider: true };
  expect(await addressesOf(cloud, given)).toEqual(given);
  expect(await addressesOf(cloud, [])).toEqual([hostname]);
});
