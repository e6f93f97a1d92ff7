import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { accessProblem, type ApiServerAccess } from "./api-server-access.ts";
import { KubeconfigError } from "./kubeconfig-error.ts";
import { execLogin } from "./kubeconfig-reading/exec-login.ts";
import { impersonationOf } from "./kubeconfig-reading/impersonation.ts";
import { type Entry, type Merged, readMerged } from "./kubeconfig-reading/merge.ts";
import { followTokenFile } from "./kubeconfig-reading/token-file.ts";

export interface ReadKubeconfigOptions {
  /** Default: the file's current context. */
  context?: string | undefined;
  /** How long a program that logs the user in may take. Default one minute, five where it may ask its user something. */
  execTimeoutMs?: number | undefined;
  /** Ends such a program. */
  signal?: AbortSignal | undefined;
}

/**
 * Reads one context of a kubeconfig, or of several, merged as kubectl merges them, with every way to log in but those that clients no longer have. A
 * program that logs the user in is run. Throws KubeconfigError.
 */
export async function readKubeconfig(path: string | readonly string[], options: ReadKubeconfigOptions = {}): Promise<ApiServerAccess> {
  const merged = await readMerged([path].flat());
  const { cluster, user } = chosen(merged, options.context);
  const { content: of } = cluster;
  const server = serverOf(merged, cluster, options.context);
  const authority = await pem(cluster, "certificate-authority");
  const serverName = of["tls-server-name"];
  const where = {
    server,
    ...(authority === undefined ? {} : { authority }),
    ...(of["insecure-skip-tls-verify"] === true ? { insecure: true as const } : {}),
    ...(typeof serverName === "string" ? { serverName } : {}),
  };
  const access = { ...where, ...(await identityOf(user, { cluster, authority, ...options })) };
  const problem = accessProblem(access);
  if (problem !== undefined) throw new KubeconfigError(user.file, `the kubeconfig's ${problem}`);
  return access;
}

function chosen({ path, currentContext, contexts, clusters, users }: Merged, wanted: string | undefined): { cluster: Entry; user: Entry } {
  const context = contexts.get(wanted ?? currentContext);
  if (wanted !== undefined && !context) {
    throw new KubeconfigError(path, `the kubeconfig has no context "${wanted}"; it has ${[...contexts.keys()].join(", ") || "none"}`);
  }
  const userName = context?.content["user"];
  if (context && typeof userName === "string" && !users.has(userName))
    throw new KubeconfigError(
      context.file,
      `the kubeconfig has no user "${userName}", whom the context "${String(wanted ?? currentContext)}" names`,
    );
  const nothing: Entry = { file: context?.file ?? path, content: {} };
  return {
    cluster: clusters.get(context?.content["cluster"]) ?? nothing,
    user: users.get(context?.content["user"]) ?? nothing,
  };
}

function serverOf({ path, currentContext }: Merged, { file, content }: Entry, wanted: string | undefined): string {
  const { server, "proxy-url": proxy } = content;
  if (typeof server !== "string") {
    const context = String(wanted ?? currentContext);
    throw new KubeconfigError(path, `the kubeconfig names no server: context "${context}" has no cluster with one; check current-context`);
  }
  if (!/^https?:/.test(URL.parse(server)?.protocol ?? ""))
    throw new KubeconfigError(file, `the kubeconfig's server "${server}" is no URL of an API server; write https://HOST:PORT`);
  if (proxy !== undefined && proxy !== "") {
    throw new KubeconfigError(
      file,
      `the kubeconfig's cluster has "proxy-url", which is not supported: run this where ${server} is reached without a proxy`,
    );
  }
  return server.replace(/\/+$/, "");
}

type Identity = Omit<ApiServerAccess, "server" | "authority" | "insecure" | "serverName">;

async function identityOf(
  user: Entry,
  { cluster, authority, ...options }: ReadKubeconfigOptions & { cluster: Entry; authority: string | undefined },
): Promise<Identity> {
  const { file, content } = user;
  const impersonation = impersonationOf(user);
  const acting = impersonation ? { impersonation } : {};
  if (content["auth-provider"] !== undefined) throw new KubeconfigError(file, withoutProvider(content["auth-provider"]));
  if (content["exec"] !== undefined) return { ...acting, ...(await execLogin(user, cluster, authority, options)) };
  const [certificate, key] = [await pem(user, "client-certificate"), await pem(user, "client-key")];
  const pair = { ...(certificate === undefined ? {} : { certificate }), ...(key === undefined ? {} : { key }), ...acting };
  const { token, tokenFile, username, password } = content;
  const hasToken = typeof token === "string" || typeof tokenFile === "string";
  if (typeof username === "string" && username !== "") {
    if (hasToken) throw new KubeconfigError(file, "the kubeconfig's user has a token and a password; leave one of them out");
    return { ...pair, basic: { username, password: typeof password === "string" ? password : "" } };
  }
  if (typeof token === "string") return { ...pair, token: token.trim() };
  return typeof tokenFile === "string" ? { ...pair, ...(await followTokenFile(resolve(dirname(file), tokenFile), file)) } : pair;
}

/** What took the place of the ways to log in that were built into clients. */
const successors: Readonly<Record<string, string>> = {
  gcp: "use the program gke-gcloud-auth-plugin (gcloud container clusters get-credentials writes such a kubeconfig)",
  azure: "use the program kubelogin (kubelogin convert-kubeconfig)",
  oidc: "use a program such as kubectl oidc-login (exec)",
  openstack: "use the program client-keystone-auth (exec)",
};

function withoutProvider(provider: unknown): string {
  const name = typeof provider === "object" && provider !== null && "name" in provider ? String(provider.name) : "";
  const instead = successors[name] ?? "give a user with a program (exec), a client certificate or a token";
  return `the kubeconfig's user logs in by the auth-provider "${name}", which is not supported: ${instead}`;
}

/** Embedded, or in a file that counts from the kubeconfig in which it is named. */
async function pem({ file: kubeconfig, content }: Entry, member: string): Promise<string | undefined> {
  const [data, file] = [content[`${member}-data`], content[member]];
  if (typeof data === "string" && data !== "") return Buffer.from(data, "base64").toString();
  if (typeof file !== "string" || file === "") return undefined;
  const path = resolve(dirname(kubeconfig), file);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new KubeconfigError(path, `this file, named by ${kubeconfig}, cannot be read`, { cause });
  }
}
