import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { FileError } from "../file-error.ts";

/** Where the API server is and who the kubelet is to it. A secret. */
export interface ApiServerAccess {
  /** Base URL without a trailing slash. */
  server: string;
  /** PEM that the server's certificate must come from. Default: the system's authorities. */
  authority?: string;
  /** Takes any certificate of the server. */
  insecure?: true;
  /** PEM. */
  certificate?: string;
  key?: string;
  token?: string;
}

type Section = Readonly<Record<string, unknown>>;

/** Reads the current context of a kubeconfig, as a kubelet's --kubeconfig has it: certificates or a token, embedded or in files. Throws FileError. */
export async function readKubeconfig(path: string): Promise<ApiServerAccess> {
  const refuse = (reason: string, cause?: unknown): FileError => new FileError(path, undefined, reason, { cause });
  let content: unknown;
  try {
    content = parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw refuse("the kubeconfig cannot be read", cause);
  }
  const config = section(content);
  const current = config["current-context"];
  const context = section(named(config["contexts"], current)?.["context"]);
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
    return typeof file === "string" ? fileText(resolve(dirname(path), file), path) : undefined;
  };
  const [authority, certificate, key] = [
    await pem(cluster, "certificate-authority"),
    await pem(user, "client-certificate"),
    await pem(user, "client-key"),
  ];
  const { token: inline, tokenFile } = user;
  const token = typeof inline === "string" ? inline : typeof tokenFile === "string" ? await fileText(tokenFile, path) : undefined;
  return {
    server: server.replace(/\/+$/, ""),
    ...(authority === undefined ? {} : { authority }),
    ...(cluster["insecure-skip-tls-verify"] === true ? { insecure: true } : {}),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token: token.trim() }),
  };
}

async function fileText(path: string, kubeconfig: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new FileError(path, undefined, `this file, named by ${kubeconfig}, cannot be read`, { cause });
  }
}

function section(value: unknown): Section {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function named(list: unknown, name: unknown): Section | undefined {
  return Array.isArray(list) ? list.map(section).find((entry) => entry["name"] === name) : undefined;
}
