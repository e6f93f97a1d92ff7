import { existsSync } from "node:fs";
import { minors } from "@kubelet-conformance/spec";
import { readKubeconfig } from "@kubelet-conformance/control-plane";
import { readRulesFile } from "../auth/rules.ts";
import { readTokenFile } from "../auth/tokens.ts";
import type { KubeletConfiguration } from "../configuration/configuration.ts";
import { readConfiguration, type ConfigurationFile } from "../configuration/read.ts";
import { resolveDeviation } from "../deviations/index.ts";
import { nodeOptions } from "./node-flags.ts";
import { parseTaints } from "../node/taints.ts";
import type { KubeletOptions, ListenerPorts } from "../options.ts";
import { resolveVersion } from "../version.ts";
import { UsageError, type FlagValues } from "./flags.ts";
import { hasFlag } from "./flags-of-minor.ts";
import { boolean, text } from "./flag-values.ts";

export interface Prepared {
  options: KubeletOptions;
  /** The file of --config, to say where a refused field stands. */
  file: ConfigurationFile | undefined;
}

const hints: Readonly<Record<string, string>> = { "register-schedulable": ", see --register-with-taints" };

/** What only one kubelet can have. */
const ofOneNode = ["container-runtime-endpoint", "device-plugin-directory", "system-logs", "read-only-port", "node-ip"] as const;

/** How many kubelets to be; undefined: one that is called by its own name. Throws UsageError. */
export function nodesOf(values: FlagValues): number | undefined {
  const nodes = number(values.nodes, "nodes", 10_000);
  if (nodes === undefined) {
    if (values["servers-file"] !== undefined) throw new UsageError("--servers-file is for many nodes; add --nodes N");
    return undefined;
  }
  if (nodes === 0) throw new UsageError("--nodes: 0 leaves nothing to serve; give 1 or more");
  const stray = ofOneNode.find((name) => values[name] !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray} is for one node; leave it out with --nodes`);
  for (const name of ["port", "healthz-port"] as const) {
    const first = number(values[name], name, 65_535);
    if (first && first + nodes - 1 > 65_535)
      throw new UsageError(`--${name}: there are no ${nodes} ports from ${first} on; give a smaller one`);
  }
  return nodes;
}

/** What the flags ask for; reads the files that they name. Throws UsageError, VersionError, FileError or UnknownDeviationError. */
export async function kubeletOptions(values: FlagValues): Promise<Prepared> {
  const kubernetesVersion = text(values["kubernetes-version"]) ?? minors.at(-1) ?? "";
  const { minor } = resolveVersion(kubernetesVersion);
  const unknown = Object.keys(values).find((name) => !hasFlag(name, minor));
  if (unknown !== undefined) throw new UsageError(`unknown flag --${unknown}; ${minor} does not have it${hints[unknown] ?? ""}`);
  const file = values.config === undefined ? undefined : await readConfiguration(String(values.config), minor);
  const [tokenFile, rulesFile] = [text(values["token-auth-file"]), text(values["authorization-rules"])];
  const rules = rulesFile === undefined ? undefined : await readRulesFile(rulesFile);
  const deviation = text(values.deviation);
  const kubeconfig = text(values.kubeconfig);
  const options: KubeletOptions = {
    kubernetesVersion,
    ports: ports(values, file !== undefined),
    overrides: overrides(values, rules !== undefined && file === undefined),
    verbosity: number(values.v, "v", 100) ?? 0,
    ...optional("configuration", file?.content),
    ...optional("rootDirectory", text(values["root-dir"])),
    ...optional("devicePluginDirectory", text(values["device-plugin-directory"])),
    ...optional("hostnameOverride", text(values["hostname-override"])),
    ...optional("apiPodPath", text(values["api-pods"])),
    ...optional("certDirectory", text(values["cert-dir"])),
    ...optional("systemLogsDirectory", text(values["system-logs"])),
    ...optional("apiServer", kubeconfig === undefined ? undefined : await readKubeconfig(kubeconfig)),
    node: nodeOptions(values),
    ...optional("tokens", tokenFile === undefined ? undefined : await readTokenFile(tokenFile)),
    ...optional("authorizationRules", rules),
    reviewsReachable: () => [tokenFile, rulesFile].every((path) => path === undefined || existsSync(path)),
    ...optional("deviation", deviation === undefined ? undefined : resolveDeviation(deviation)),
  };
  return { options, file };
}

/** An object with the member, or without it: an explicit undefined is not the same as an absent option. */
function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } {
  // A computed key widens to string; the object has this one member or none.
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: Value };
}

function ports(values: FlagValues, hasFile: boolean): ListenerPorts {
  // Like a kubelet, and unlike the library: the well-known port unless told otherwise.
  const main = number(values.port, "port", 65_535) ?? (hasFile || values.nodes !== undefined ? undefined : 10250);
  // 0 switches the listener off, which is the configuration's affair.
  const healthz = number(values["healthz-port"], "healthz-port", 65_535) || undefined;
  return { ...optional("main", main), ...optional("healthz", healthz) };
}

function overrides(values: FlagValues, hasOnlyRules: boolean): KubeletConfiguration {
  const gates = text(values["feature-gates"]);
  const taints = text(values["register-with-taints"]);
  return {
    ...optional("registerNode", boolean(values["register-node"], "register-node")),
    ...optional("registerWithTaints", taints === undefined ? undefined : parseTaints(taints)),
    ...optional("nodeStatusUpdateFrequency", text(values["node-status-update-frequency"])),
    ...optional("staticPodPath", text(values["pod-manifest-path"])),
    ...optional("readOnlyPort", number(values["read-only-port"], "read-only-port", 65_535)),
    ...optional("healthzPort", number(values["healthz-port"], "healthz-port", 65_535)),
    ...optional("containerRuntimeEndpoint", text(values["container-runtime-endpoint"])),
    ...optional("featureGates", gates === undefined ? undefined : parseGates(gates)),
    ...(hasOnlyRules ? { authorization: { mode: "Webhook" } } : {}),
  };
}

function parseGates(list: string): Record<string, boolean> {
  return Object.fromEntries(
    list.split(",").map((pair) => {
      const [, name = "", value = ""] = /^(\w+)=(true|false)$/.exec(pair.trim()) ?? [];
      if (name === "") throw new UsageError(`--feature-gates: "${pair}" is not of the form Name=true or Name=false`);
      return [name, value === "true"];
    }),
  );
}

function number(value: string | true | undefined, name: string, most: number): number | undefined {
  if (value === undefined) return undefined;
  const parsed = /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!(parsed <= most)) throw new UsageError(`--${name}: "${value}" is not a number from 0 to ${most}`);
  return parsed;
}
