import { dirname, isAbsolute, resolve } from "node:path";
import { isatty } from "node:tty";
import type { ApiCredentials, ApiServerAccess } from "../api-server-access.ts";
import { KubeconfigError } from "../kubeconfig-error.ts";
import { parseExecCredential } from "./exec-credential.ts";
import { type Entry, type Section, section, sections } from "./merge.ts";
import { runPlugin } from "./run-plugin.ts";

export interface ExecOptions {
  execTimeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

const group = "client.authentication.k8s.io";
const versions = [`${group}/v1`, `${group}/v1beta1`];
const modes = ["Never", "IfAvailable", "Always"];
/** A credential counts as expired a little before it is, so that it lasts for the request that it goes out with. */
const leewayMs = 5_000;
const minuteMs = 60_000;

/** Logs in by the user's program (a client-go credential plugin), and again whenever the credential has expired. Throws KubeconfigError. */
export async function execLogin(
  { file, content }: Entry,
  cluster: Entry,
  authority: string | undefined,
  { execTimeoutMs, signal }: ExecOptions,
): Promise<Pick<ApiServerAccess, "certificate" | "key" | "token" | "renew">> {
  const exec = section(content["exec"]);
  const refuse = (reason: string): KubeconfigError => new KubeconfigError(file, reason);
  const { command, apiVersion } = exec;
  if (typeof command !== "string" || command === "")
    throw refuse("the kubeconfig's user logs in by a program, but none is named; add exec.command");
  const version = String(apiVersion);
  if (!versions.includes(version))
    throw refuse(`the program "${command}" speaks ${version}, which is not supported: exec.apiVersion must be ${versions.join(" or ")}`);
  const interactive = isInteractive(exec, version, command, refuse);
  const run = async (): Promise<{ credentials: ApiCredentials; expires: number }> => {
    const output = await runPlugin({
      command: /[\\/]/.test(command) && !isAbsolute(command) ? resolve(dirname(file), command) : command,
      args: Array.isArray(exec["args"]) ? exec["args"].map(String) : [],
      environment: { ...environmentOf(exec), KUBERNETES_EXEC_INFO: infoFor(exec, version, interactive, cluster, authority) },
      interactive,
      timeoutMs: execTimeoutMs ?? (interactive ? 5 : 1) * minuteMs,
      signal,
      installHint: typeof exec["installHint"] === "string" ? exec["installHint"] : undefined,
      refuse,
    });
    return parseExecCredential(output, version, (reason) => refuse(`the program "${command}" ${reason}`));
  };
  let current = await run();
  let renewing: Promise<void> | undefined;
  return {
    ...current.credentials,
    renew: async () => {
      if (Date.now() > current.expires - leewayMs) {
        renewing ??= run()
          .then((next) => void (current = next))
          .finally(() => (renewing = undefined));
        await renewing;
      }
      return current.credentials;
    },
  };
}

function isInteractive(exec: Section, version: string, command: string, refuse: (reason: string) => KubeconfigError): boolean {
  const mode = exec["interactiveMode"] ?? (version.endsWith("v1beta1") ? "IfAvailable" : undefined);
  if (typeof mode !== "string" || !modes.includes(mode))
    throw refuse(`exec.interactiveMode of the program "${command}" must be one of ${modes.join(", ")}`);
  const available = isatty(0);
  if (mode === "Always" && !available)
    throw refuse(`the program "${command}" wants to ask its user something, but there is no terminal; run this in one, or use a token`);
  return mode !== "Never" && available;
}

function environmentOf(exec: Section): Record<string, string> {
  const texts = sections(exec["env"]).map(({ name, value }) => [name, value].map((part) => (typeof part === "string" ? part : "")));
  return Object.fromEntries(texts.filter(([name]) => name !== ""));
}

/** What a plugin is told in KUBERNETES_EXEC_INFO. */
function infoFor(exec: Section, apiVersion: string, interactive: boolean, { content }: Entry, authority: string | undefined): string {
  const extension = sections(content["extensions"]).find(({ name }) => name === `${group}/exec`);
  const cluster = {
    server: content["server"],
    "tls-server-name": content["tls-server-name"],
    "insecure-skip-tls-verify": content["insecure-skip-tls-verify"],
    "certificate-authority-data": authority === undefined ? undefined : Buffer.from(authority).toString("base64"),
    config: extension?.["extension"] ?? null,
  };
  const spec = { interactive, ...(exec["provideClusterInfo"] === true ? { cluster } : {}) };
  return JSON.stringify({ kind: "ExecCredential", apiVersion, spec });
}
