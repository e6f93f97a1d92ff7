import { type Exchange, minors, operations, type Requirement } from "@kubelet-conformance/spec";
import type { CheckRequest } from "../engine/check.ts";
import { buildRequest } from "../engine/exchange.ts";
import { printable } from "../engine/text.ts";
import { expand, subjectOf, variablesFor } from "../engine/variables.ts";
import type { Target } from "../target/target.ts";
import type { WireClient } from "../target/wire.ts";

const pod = { namespace: "NAMESPACE", pod: "POD" };
const anybody = { name: "anybody" };

/** A kubelet that offers everything, with names that a reader replaces. */
const example: Target = {
  server: "https://NODE:10250",
  kubernetesVersion: minors.at(-1) ?? "",
  minor: minors.at(-1) ?? "",
  versionSource: "declared",
  readOnlyPort: 10255,
  healthzPort: 10248,
  credentials: anybody,
  identities: {},
  facts: {},
  running: { ...pod, container: "CONTAINER", uid: "UID" },
  waiting: { ...pod, container: "WAITING_CONTAINER" },
  ended: { ...pod, container: "ENDED_CONTAINER" },
  sidecar: { ...pod, container: "SIDECAR" },
  ephemeral: { ...pod, container: "EPHEMERAL_CONTAINER" },
  checkpoint: { ...pod, container: "CONTAINER" },
  command: { ...pod, container: "CONTAINER" },
  listeningPort: 8080,
  nodeName: "NODE",
};

/** The exchange of a requirement with example names; for a coded check the plain request of its operation. */
export function exampleRequest(requirement: Requirement): CheckRequest | undefined {
  const exchange = requirement.exchange ?? plainExchange(requirement);
  return exchange && buildRequest(exchange, requirement, example);
}

function plainExchange({ operation }: Requirement): Exchange | undefined {
  return operations().some(({ operationId }) => operationId === operation) && operation !== undefined
    ? { request: { operation }, expect: {} }
    : undefined;
}

/** The expectation as a reader takes it in: variables replaced by example names. */
export function exampleText(requirement: Requirement, text: string): string {
  return expand(text, variablesFor(requirement, example, "USER"), subjectOf(requirement, example).need);
}

/** Base URLs of a kubelet's listeners. */
export type Hosts = Readonly<Record<NonNullable<CheckRequest["listener"]>, string>>;

export const exampleHosts: Hosts = { main: "https://NODE:10250", "read-only": "http://NODE:10255", healthz: "http://127.0.0.1:10248" };

/** What a curl line needs to know of a request; `client` is an identity, or its name. */
export type CurlRequest = Omit<CheckRequest, "client"> & { client?: WireClient | string };

/** A curl line that sends the same request. */
export function curlLine(
  { method = "GET", target, headers = {}, body, listener = "main", client = "credentials", contentLength, protocol }: CurlRequest,
  hosts = exampleHosts,
): string {
  const parts = ["curl", "-sSi", "--path-as-is"];
  if (method === "HEAD") parts.push("--head");
  else if (method !== "GET" || body !== undefined) parts.push("-X", method);
  parts.push(protocol === "h2" ? "--http2" : "--http1.1");
  if (hosts[listener].startsWith("https:"))
    parts.push("--cacert", "kubelet-ca.pem", ...identityFlags(typeof client === "string" ? client : "credentials"));
  for (const [name, values] of Object.entries(headers))
    for (const value of [values].flat()) parts.push("-H", quote(value === "" ? `${name};` : `${name}: ${value}`));
  if (body !== undefined) parts.push("--data-raw", quote(body.toString()));
  else if (method === "POST" && contentLength === undefined) parts.push("-H", quote("Content-Length: 0"));
  if (target === "*") return [...parts, "--request-target", quote("*"), hosts[listener]].join(" ");
  return [...parts, quote(`${hosts[listener]}${target}`)].join(" ");
}

const kubectlLines: readonly (readonly [path: string, line: string])[] = [
  ["/exec/", "kubectl exec -n NAMESPACE POD -c CONTAINER -- echo hello"],
  ["/attach/", "kubectl attach -n NAMESPACE POD -c CONTAINER"],
  ["/portForward/", "kubectl port-forward -n NAMESPACE POD :PORT"],
];

/** What asks for the streams that the coded check of a requirement is about: the check itself, and kubectl through an API server. Undefined: it is about none. */
export function streamLines(requirement: Requirement): string[] | undefined {
  const { id, exchange } = requirement;
  const target = exampleRequest(requirement)?.target ?? "";
  const [, line] = kubectlLines.find(([path]) => target.startsWith(path)) ?? [];
  if (exchange || line === undefined) return undefined;
  const server = `--server ${exampleHosts.main} --certificate-authority kubelet-ca.pem --client-certificate client.pem --client-key client-key.pem`;
  return [`kubelet-conformance run ${server} --exec NAMESPACE/POD/CONTAINER --focus ${id}`, `${line}    (through the API server)`];
}

function identityFlags(client: string): string[] {
  if (client === "none") return [];
  if (client === "credentials") return ["--cert", "client.pem", "--key", "client-key.pem"];
  if (client === "unknown-certificate") return ["--cert", "stranger.pem", "--key", "stranger-key.pem"];
  if (client === "basic") return ["-u", "admin:admin"];
  if (client === "empty-token") return ["-H", quote("Authorization: Bearer ")];
  if (client === "bad-token") return ["-H", quote("Authorization: Bearer wrong")];
  return ["-H", `"Authorization: Bearer $(cat ${client.replace("identity:", "token-")})"`];
}

/** A word of a shell; with control characters in it, of bash, zsh and ksh. */
export function quote(text: string): string {
  if (printable(text) === text) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${printable(text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"))}'`;
}
