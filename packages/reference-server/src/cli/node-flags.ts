import { isIP, isIPv4 } from "node:net";
import type { NodeOptions } from "../node/node-options.ts";
import { checkLabels, parseLabels } from "../node/node-labels.ts";
import { boolean, text } from "./flag-values.ts";
import { UsageError, type FlagValues } from "./flags.ts";

/** What the flags say of the node's registration. Throws UsageError, NodeFlagError. */
export function nodeOptions(values: FlagValues): NodeOptions {
  const labels = parseLabels(text(values["node-labels"]) ?? "");
  checkLabels(labels);
  const provider = text(values["cloud-provider"]) ?? "";
  if (provider !== "" && provider !== "external") {
    throw new UsageError(`--cloud-provider: "${provider}" is not supported; the cloud providers of today are external`);
  }
  const schedulable = boolean(values["register-schedulable"], "register-schedulable");
  return {
    labels,
    ips: addresses(text(values["node-ip"])),
    externalCloudProvider: provider === "external",
    unschedulable: schedulable === false,
  };
}

function addresses(list: string | undefined): string[] {
  const ips = (list ?? "").split(",").filter((ip) => ip !== "");
  const isPair = ips.length === 2 && isIPv4(ips[0] ?? "") !== isIPv4(ips[1] ?? "");
  if (ips.some((ip) => isIP(ip) === 0) || (ips.length > 1 && !isPair)) {
    throw new UsageError(`--node-ip: "${list}" must contain either a single IP or a dual-stack pair of IPs`);
  }
  return ips;
}
