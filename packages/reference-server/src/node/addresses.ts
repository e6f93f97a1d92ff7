import { lookup } from "node:dns/promises";
import { isIP, isIPv4, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import type { NodeOptions } from "./node-options.ts";

export interface NodeAddress {
  type: string;
  address: string;
}

export interface AddressContext extends NodeOptions {
  nodeName: string;
  /** What the main listener listens on. */
  listens: string;
}

/** Where the node is: nodestatus.NodeAddress. Rejects with the kubelet's words when no address can be found. */
export async function addressesOf(context: AddressContext, before: readonly NodeAddress[]): Promise<readonly NodeAddress[]> {
  const { nodeName, ips = [], externalCloudProvider = false } = context;
  const hostname = { type: "Hostname", address: nodeName };
  const given = ips.filter((ip) => !isUnspecified(ip));
  for (const ip of given) {
    const problem = problemOf(ip, context.listens);
    if (problem !== undefined) throw new Error(`failed to validate ${ip === ips[0] ? "nodeIP" : "secondaryNodeIP"}: ${problem}`);
  }
  if (externalCloudProvider) {
    if (before.length > 0) return before;
    if (ips.length === 0) return [hostname];
  }
  const found = given.length > 0 ? given : [await defaultAddress(context)];
  return [...found.map((address) => ({ type: "InternalIP", address })), hostname];
}

/** Of the name itself, of the name's entry in the DNS, or of the machine's first interface; IPv6 is wanted where --node-ip is "::". */
async function defaultAddress({ nodeName, listens, ips = [] }: AddressContext): Promise<string> {
  const isWanted = ips[0] === "::" ? isIPv6 : isIPv4;
  // Unlike a real kubelet, this one may serve nobody but its own machine.
  if (isLoopback(listens)) return listens;
  if (isIP(nodeName) !== 0) return nodeName;
  const named = await lookup(nodeName, { all: true }).catch(() => []);
  const usable = named.map(({ address }) => address).filter((address) => problemOf(address, listens) === undefined);
  const own = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .map(({ address }) => address);
  const address = usable.find(isWanted) ?? usable[0] ?? own.find(isWanted) ?? own[0];
  if (address === undefined) throw new Error(`can't get ip address of node ${nodeName}. error: no default routes found`);
  return address;
}

/** validateNodeIP. */
function problemOf(ip: string, listens: string): string | undefined {
  if (isIP(ip) === 0) return "nodeIP must be a valid IP address";
  if (isLoopback(ip)) return isLoopback(listens) ? undefined : "nodeIP can't be loopback address";
  if (/^(22[4-9]|23\d)\.|^ff/i.test(ip)) return "nodeIP can't be a multicast address";
  if (isLinkLocal(ip)) return "nodeIP can't be a link-local unicast address";
  const own = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address));
  return own.includes(ip) ? undefined : `node IP: "${ip}" not found in the host's network interfaces`;
}

/** Stands for the default address of its family. */
export function isUnspecified(ip: string): boolean {
  return ip === "0.0.0.0" || ip === "::";
}

function isLoopback(ip: string): boolean {
  return ip.startsWith("127.") || ip === "::1";
}

function isLinkLocal(ip: string): boolean {
  return /^169\.254\.|^fe[89ab]/i.test(ip);
}
