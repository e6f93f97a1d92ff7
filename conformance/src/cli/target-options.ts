import { requirements, vocabulary } from "@kubelet-conformance/spec";
import { UsageError } from "../errors.ts";
import { reportKinds } from "../report/files.ts";
import type { ContainerReference } from "../target/target.ts";
import { parseContainer } from "../target/declare.ts";
import type { OptionTable } from "./options.ts";

function requirementIds(): string[] {
  return requirements().map(({ id }) => id);
}

function profileNames(): string[] {
  return ["kubelet", ...vocabulary().profiles.map(({ id }) => id)];
}

/** Where the kubelet is and who asks. */
export const targetOptions = {
  server: {
    kind: "list",
    value: "URL",
    help: "a kubelet's main port, e.g. https://10.0.0.7:10250; several are tested side by side",
  },
  token: { kind: "text", value: "TOKEN", advanced: true, help: "bearer token (better: --token-file; a flag is visible to other users)" },
  "token-file": { kind: "text", value: "FILE", help: "file that holds the bearer token" },
  "client-certificate": { kind: "text", value: "FILE", help: "client certificate, PEM" },
  "client-key": { kind: "text", value: "FILE", help: "its private key, PEM" },
  "certificate-authority": { kind: "text", value: "FILE", help: "authority that the kubelet's certificate comes from, PEM" },
  "insecure-skip-tls-verify": { kind: "boolean", help: "accept any certificate of the kubelet" },
  "tls-server-name": {
    kind: "text",
    value: "NAME",
    advanced: true,
    help: "the name in the kubelet's certificate, where it is not the URL's",
  },
} as const satisfies OptionTable;

/** Which cluster the nodes are in. */
export const clusterOptions = {
  kubeconfig: {
    kind: "text",
    value: "FILE",
    help: "read Node, Lease and events of the cluster that this kubeconfig names, and reach its kubelets there; no object is written",
    default: "KUBECONFIG, else ~/.kube/config",
  },
  context: { kind: "text", value: "NAME", advanced: true, help: "the kubeconfig's context", default: "its current one" },
  node: { kind: "list", value: "NAME", help: "a node of that cluster" },
} as const satisfies OptionTable;

/** Which requirements a run is about. */
export const selectionOptions = {
  profile: {
    kind: "list",
    value: "PROFILE",
    words: profileNames,
    help: "test only what this profile claims",
    default: "kubelet: everything",
  },
  focus: { kind: "list", value: "ID", words: requirementIds, help: "test only this requirement, or those below it (checkpoint.timeout)" },
  skip: { advanced: true, kind: "list", value: "ID", words: requirementIds, help: "leave out this requirement, or those below it" },
} as const satisfies OptionTable;

/** How a run goes and what comes of it. */
export const longChecks = {
  kind: "boolean",
  advanced: true,
  help: "wait for minutes where a requirement is about what happens only now and then",
} as const;

export const runOptions = {
  timeout: {
    kind: "number",
    value: "SECONDS",
    advanced: true,
    help: "limit of one request; a checkpoint gets at least 30, a check three times as much",
    default: "10",
    min: 0.1,
    max: 3600,
  },
  concurrency: { kind: "number", value: "N", advanced: true, help: "checks at a time", default: "4", min: 1, max: 64 },
  "max-failures": { kind: "number", value: "N", advanced: true, help: "stop after so many failed requirements", min: 1 },
  strict: { kind: "boolean", help: "a broken SHOULD fails the run" },
  score: {
    kind: "choice",
    value: "WHAT",
    words: ["frozen", "all"],
    advanced: true,
    help: "what counts: the frozen requirement set of the kubelet's minor, or drafts and later additions, too",
    default: "frozen",
  },
  "require-complete": { advanced: true, kind: "boolean", help: "a requirement that could not be tested fails the run" },
  report: {
    kind: "list",
    value: "KIND=FILE",
    words: reportKinds.map((kind) => `${kind}=`),
    help: "write a report: json, html, markdown, junit, sarif, ctrf, tap, badge or in-toto",
  },
  output: {
    kind: "choice",
    value: "FORM",
    words: ["pretty", "plain", "json"],
    help: "pretty, plain or json",
    default: "pretty on a terminal, else plain",
  },
} as const satisfies OptionTable;

/** Makes sure that a server's URL is one. Throws a UsageError that shows the right form. */
export function requireServerUrl(text: string): string {
  if (!/^[a-z]+:\/\//i.test(text)) {
    throw new UsageError("server-malformed", `--server ${text} has no scheme; write https://${text}${/:\d+$/.test(text) ? "" : ":10250"}`);
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new UsageError("server-malformed", `--server ${text} is no URL of a kubelet; write https://HOST:10250`);
  if (url.username !== "" || url.password !== "")
    throw new UsageError("server-malformed", `--server must not hold credentials; give them with --token-file`);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw new UsageError("server-malformed", `--server ${text} has a path; write ${url.origin}`);
  return url.origin;
}

/** Reads a container's name from a flag. Throws a UsageError that shows the form. */
export function containerFlag(flag: string, text: string | undefined): ContainerReference | undefined {
  if (text === undefined) return undefined;
  const container = parseContainer(text);
  if (!container)
    throw new UsageError("container-malformed", `--${flag} ${text}: write NAMESPACE/POD/CONTAINER, e.g. kube-system/etcd-node1/etcd`);
  return container;
}
