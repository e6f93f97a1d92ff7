import { accessProblem, type ApiServerAccess, followTokenFile, readKubeconfig } from "@kubelet-conformance/control-plane/api-access";
import { KubeletError, type KubeletErrorCode } from "./kubelet-error.ts";
import type { CredentialOptions, KubeletClientOptions, Pem } from "./options.ts";

/** Where the kubelet's paths are, and what is needed to ask for them. A secret. */
export interface Access {
  /** The URL that paths of the spec are put behind; no slash at its end. */
  base: string;
  viaProxy: boolean;
  credentials: ApiServerAccess;
}

/** Reads and checks the options; throws KubeletError, or KubeconfigError for a kubeconfig that cannot be used. */
export async function openAccess(options: KubeletClientOptions): Promise<Access> {
  const access = await readAccess(options);
  const problem = accessProblem(access.credentials);
  if (problem !== undefined) throw refused("invalid-option", problem);
  const { certificate, token, basic } = access.credentials;
  if (access.base.startsWith("http:") && (certificate ?? token ?? basic) !== undefined) {
    const step = "use https://, or leave certificate and token out";
    throw refused("credentials-over-http", `credentials are never sent over plain HTTP, which ${access.base} is; ${step}`);
  }
  return access;
}

async function readAccess(options: KubeletClientOptions): Promise<Access> {
  if ("kubeconfig" in options) {
    const { kubeconfig, context, signal, node } = options;
    const credentials = await readKubeconfig(kubeconfig, { context, signal });
    return { base: proxyBase(urlOf("the kubeconfig's server", credentials.server), node), viaProxy: true, credentials };
  }
  const [server, base] =
    "apiServer" in options
      ? [urlOf("apiServer", options.apiServer), proxyBase(urlOf("apiServer", options.apiServer), options.node)]
      : [urlOf("server", options.server), urlOf("server", options.server)];
  return { base, viaProxy: "apiServer" in options, credentials: { server, ...(await credentialsOf(options)) } };
}

async function credentialsOf(options: CredentialOptions): Promise<Omit<ApiServerAccess, "server">> {
  const { ca, insecureSkipTlsVerify, tlsServerName, clientCertificate, clientKey, token, tokenFile } = options;
  if (token !== undefined && tokenFile !== undefined) throw refused("invalid-option", "token and tokenFile exclude each other; give one");
  return {
    ...(ca === undefined ? {} : { authority: textOf(ca) }),
    ...(insecureSkipTlsVerify === true ? { insecure: true as const } : {}),
    ...(tlsServerName === undefined ? {} : { serverName: tlsServerName }),
    ...(clientCertificate === undefined ? {} : { certificate: textOf(clientCertificate) }),
    ...(clientKey === undefined ? {} : { key: textOf(clientKey) }),
    ...(token === undefined ? {} : { token: token.trim() }),
    ...(tokenFile === undefined ? {} : await followTokenFile(tokenFile, "the option tokenFile")),
  };
}

function urlOf(option: string, text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw refused("invalid-option", `${option} is no URL; write https://HOST:PORT`);
  if (url.username !== "" || url.password !== "") throw refused("invalid-option", `${option} has a password in it; give a token instead`);
  if (url.search !== "" || url.hash !== "") throw refused("invalid-option", `${option} has a query or a fragment; leave it out`);
  return url.href.replace(/\/+$/, "");
}

function proxyBase(server: string, node: string): string {
  const [name = "", ...port] = node.split(":");
  if (!/^[\w.-]+$/.test(name) || /^\.+$/.test(name)) throw refused("invalid-option", `node is no name of a node: ${JSON.stringify(node)}`);
  return `${server}/api/v1/nodes/${[name, ...port.map(encodeURIComponent)].join(":")}/proxy`;
}

function textOf(pem: Pem): string {
  return typeof pem === "string" ? pem : Buffer.from(pem).toString();
}

function refused(code: KubeletErrorCode, reason: string): KubeletError {
  return new KubeletError({ code, operation: "createKubeletClient", reason });
}
