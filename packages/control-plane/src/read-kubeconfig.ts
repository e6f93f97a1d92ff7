import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";

/** Where an API server is and who the reader is to it. A secret. */
export interface ApiServerAccess {
  /** Base URL without a trailing slash. */
  server: string;
  /** PEM that the server's certificate must come from. Default: the system's authorities. */
  authority?: string;
  /** Takes any certificate of the server. */
  insecure?: true;
  /** The name in the server's certificate, where it is not the URL's. */
  serverName?: string;
  /** PEM. */
  certificate?: string;
  key?: string;
  token?: string;
}

/** A kubeconfig that cannot be used: names the file, what is wrong and the next step. */
export class KubeconfigError extends Error {
  readonly code = "kubeconfig-unusable";
  readonly path: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    const cause = options?.cause instanceof Error && "code" in options.cause ? ` (${String(options.cause.code)})` : "";
    super(`${path}: ${reason}${cause}`, options);
    this.name = "KubeconfigError";
    this.path = path;
  }
}

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
    content = parse(await readFile(path, "utf8"), { logLevel: "error" });
  } catch (cause) {
    throw refuse("the kubeconfig cannot be read", cause);
  }
  const config = section(content);
  const current = wanted ?? config["current-context"];
  const entry = named(config["contexts"], current);
  if (wanted !== undefined && !entry) {
    const names = Array.isArray(config["contexts"]) ? config["contexts"].map((one: unknown) => String(section(one)["name"])) : [];
    throw refuse(`the kubeconfig has no context "${wanted}"; it has ${names.join(", ") || "none"}`);
  }
  const context = section(entry?.["context"]);
  const cluster = section(named(config["clusters"], context["cluster"])?.["cluster"]);
  const user = section(named(config["users"], context["user"])?.["user"]);
  const { server } = cluster;
  if (typeof server !== "string") {
    throw refuse(`the kubeconfig names no server: context "${String(current)}" has no cluster with one; check current-context`);
  }
  if (!URL.canParse(server)) throw refuse(`the kubeconfig's server "${server}" is no URL; write https://HOST:PORT`);
  if (user["exec"] !== undefined || user["auth-provider"] !== undefined) {
    throw refuse("the kubeconfig's user needs a program to log in; give one with a client certificate or a token");
  }
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
  return {
    server: server.replace(/\/+$/, ""),
    ...(authority === undefined ? {} : { authority }),
    ...(cluster["insecure-skip-tls-verify"] === true ? { insecure: true } : {}),
    ...(typeof serverName === "string" ? { serverName } : {}),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token: token.trim() }),
  };
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
