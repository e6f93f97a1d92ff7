import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ControlPlane } from "@kubelet-conformance/control-plane";
import { accessTable } from "../access.ts";
import type { Ground } from "../ground.ts";
import type { Scenario } from "../scenarios.ts";
import type { KubeletProgram } from "./kubelet-program.ts";
import { nodeName } from "./labels.ts";
import { writeApiPod } from "./write-api-pod.ts";

export interface CommandLineOptions {
  ground: Ground;
  program: KubeletProgram;
  /** The node's address: one that an interface has. */
  nodeAddress: string;
  extraFlags: readonly string[];
}

/** Of the reference kubelet, in place of an API server's reviews. */
export const tokenFile = "tokens.csv";
export const ruleFile = "rules.json";

/** The command line of a kubelet program, and the files that it names, in this directory. */
export async function flagsOf(
  { ground, nodeAddress, program, extraFlags }: CommandLineOptions,
  scenario: Scenario,
  directory: string,
  configuration: object,
  plane: ControlPlane | undefined,
): Promise<string[]> {
  const file = async (name: string, content: string): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  const flags = [
    `--config=${await file("config.json", JSON.stringify(configuration))}`,
    `--root-dir=${join(directory, "root")}`,
    `--cert-dir=${join(directory, "root", "pki")}`,
    `--hostname-override=${nodeName}`,
    `--node-ip=${nodeAddress}`,
    "--v=4",
  ];
  await Promise.all(["pod-logs", "volume-plugins"].map((name) => mkdir(join(directory, name), { mode: 0o700 })));
  await file("resolv.conf", `nameserver ${nodeAddress}\n`);
  if (plane) {
    const kubeconfig = plane.kubeconfigFor({ user: `system:node:${nodeName}`, groups: ["system:nodes"] });
    flags.push(`--kubeconfig=${await file("kubeconfig", kubeconfig)}`);
  } else if (scenario.webhook && program.kind === "reference") {
    const { tokens, authorizationRules } = accessTable(ground);
    const lines = tokens.map(({ token, name, uid, groups }) => `${token},${name},${uid},"${groups.join(",")}"\n`);
    flags.push(`--token-auth-file=${await file(tokenFile, lines.join(""))}`);
    flags.push(`--authorization-rules=${await file(ruleFile, JSON.stringify(authorizationRules))}`);
  }
  if (scenario.apiPod && program.kind === "reference") {
    flags.push(`--api-pods=${await writeApiPod(ground, directory, program.kubernetesVersion)}`);
  }
  return [...flags, ...extraFlags];
}
