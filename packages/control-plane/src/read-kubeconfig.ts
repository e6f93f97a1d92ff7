import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { accessProblem, type ApiServerAccess } from "./api-server-access.ts";
import { KubeconfigError } from "./kubeconfig-error.ts";

export interface ReadKubeconfigOptions {
  /** Default: the file's current context. */
  context?: string | undefined;
}

type Section = Readonly<Record<string, unknown>>;

/** Reads one context of a kubeconfig: certificates or a token, embedded or in files. Throws KubeconfigError. */
export async function readKubeconfig(path: string, { context: wanted }: ReadKubeconfigOptions = {}): Promise<ApiServerAccess> {
  const refuse = (reason: string, cause?: unknown): KubeconfigError => new KubeconfigError(path, reason, { cause });
  let content: unknown;
  try {
    content = parse(await readFile(path, "utf8"));
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw refuse("the kubeconfig cannot be read", cause);
    const [first = ""] = cause.message.split("\n");
    throw refuse(`the kubeconfig is no YAML: ${first.replace(/:$/, "")}; mend that place`, cause);
  }
  const config = section(content);
  if (!Array.isArray(config["clusters"])) throw refuse("this is no kubeconfig: it has no clusters; see kubectl config view");
  const current = wanted ?? config["current-context"];
  const entry = named(config["contexts"], current);
  if (wanted !== undefined && !entry) {
    const names = Array.isArray(config["contexts"]) ? config["contexts"].map((one: unknown) => String(section(one)["name"])) : [];
    throw refuse(`the kubeconfig has no context "${wanted}"; it has ${names.join(", ") || "none"}`);
  }
  const context = section(entry?.["context"]);
  const cluster = section(named(config["clusters"], context["cluster"])?.["cluster"]);
  const userEntry = named(config["users"], context["user"]);
  const user = section(userEntry?.["user"]);
  const { server } = cluster;
  if (typeof server !== "string") {
    throw refuse(`the kubeconfig names no server: context "${String(current)}" has no cluster with one; check current-context`);
  }
  if (!/^https?:/.test(URL.parse(server)?.protocol ?? ""))
    throw refuse(`the kubeconfig's server "${server}" is no URL of an API server; write https://HOST:PORT`);
  const { user: userName } = context;
  if (typeof userName === "string" && !userEntry)
    throw refuse(`the kubeconfig has no user "${userName}", whom the context "${String(current)}" names`);
  if (user["exec"] !== undefined || user["auth-provider"] !== undefined) {
    throw refuse("the kubeconfig's user needs a program to log in; give one with a client certificate or a token");
  }
  const odd = ["as", "as-uid", "as-groups", "username", "password"].find((member) => user[member] !== undefined);
  if (odd !== undefined)
    throw refuse(`the kubeconfig's user has "${odd}", which is not supported; give one with a client certificate or a token`);
  if (cluster["proxy-url"] !== undefined)
    throw refuse('the kubeconfig\'s cluster has "proxy-url", which is not supported; give one without');
  const pem = async (from: Section, member: string): Promise<string | undefined> => {
    const [data, file] = [from[`${member}-data`], from[member]];
    if (typeof data === "string") return Buffer.from(data, "base64").toString();
    return typeof file === "string" ? fileText(file, path) : undefined;
  };
  const [authority, certificate, key] = [
    await pem(cluster, "certificate-authority"),
    await pem(user, "client-certificate"),
    await pem(user, "client-key"),
  ];
  const { token: inline, tokenFile } = user;
  const token = typeof inline === "string" ? inline : typeof tokenFile === "string" ? await fileText(tokenFile, path) : undefined;
  const serverName = cluster["tls-server-name"];
  const access: ApiServerAccess = {
    server: server.replace(/\/+$/, ""),
    ...(authority === undefined ? {} : { authority }),
    ...(cluster["insecure-skip-tls-verify"] === true ? { insecure: true } : {}),
    ...(typeof serverName === "string" ? { serverName } : {}),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token: token.trim() }),
  };
  const problem = accessProblem(access);
  if (problem !== undefined) throw refuse(`the kubeconfig's ${problem}`);
  return access;
}

/** A relative path counts from the kubeconfig. */
async function fileText(file: string, kubeconfig: string): Promise<string> {
  const path = resolve(dirname(kubeconfig), file);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new KubeconfigError(path, `this file, named by ${kubeconfig}, cannot be read`, { cause });
  }
}

function section(value: unknown): Section {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function named(list: unknown, name: unknown): Section | undefined {
  return Array.isArray(list) ? list.map(section).find((entry) => entry["name"] === name) : undefined;
}
