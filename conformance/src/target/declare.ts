import { type Condition, requirements, vocabulary } from "@kubelet-conformance/spec";
import { UsageError } from "../errors.ts";
import type { ContainerReference } from "./target.ts";

/** What a user says about the target with `--declare KEY=VALUE`; it beats what discovery finds. */
export interface Declarations {
  facts: Condition;
  waiting?: ContainerReference;
  ended?: ContainerReference;
  second?: ContainerReference;
  sidecar?: ContainerReference;
  ephemeral?: ContainerReference;
  restarted?: ContainerReference;
  longLine?: ContainerReference;
  /** See Target.listeningPort. */
  listeningPort?: number;
  /** Milliseconds; see Target.longestSilenceMs. */
  longestSilenceMs?: number;
  nodeName?: string;
  /** See Target.timeZone. */
  timeZone?: string;
  rootDirectory?: string;
  /** Subresource to the file that holds its user's token. */
  identityFiles: Record<string, string>;
  /** Needs that the target does not offer and never will. */
  lacks: string[];
}

/** The facts that are true or false. */
type PickFlags = { [Fact in keyof Condition as Condition[Fact] extends boolean | undefined ? Fact : never]: Condition[Fact] };

type Reader = (value: string, into: Declarations) => string | undefined;

const flag =
  (name: keyof PickFlags): Reader =>
  (value, { facts }) => {
    if (value !== "true" && value !== "false") return "true or false";
    facts[name] = value === "true";
    return undefined;
  };

/** Each key, what its value is, and how it is read; a reader answers with what it wanted when the value is none. */
const readers: Record<string, Reader> = {
  "checkpoint-gate": flag("checkpointGate"),
  "web-socket-gate": flag("webSocketGate"),
  "debugging-handlers": flag("debuggingHandlers"),
  "system-log-handler": flag("systemLogHandler"),
  "node-log-query": flag("nodeLogQuery"),
  "split-streams": flag("splitStreams"),
  "profiling-handler": flag("profilingHandler"),
  "debug-flags-handler": flag("debugFlagsHandler"),
  "statusz-gate": flag("statuszGate"),
  "flagz-gate": flag("flagzGate"),
  "allocated-pods-gate": flag("allocatedPodsGate"),
  anonymous: flag("anonymous"),
  authorization: (value, { facts }) => {
    if (value !== "AlwaysAllow" && value !== "Webhook") return "AlwaysAllow or Webhook";
    facts.authorization = value;
    return undefined;
  },
  "api-server": (value, { facts }) => {
    if (value !== "reachable" && value !== "unreachable" && value !== "failing") return "reachable, unreachable or failing";
    facts.apiServer = [value];
    return undefined;
  },
  runtime: (value, { facts }) => {
    const known = ["ok", ...new Set(vocabulary().outcomes.flatMap((rule) => (rule.code === undefined ? [] : [rule.class])))];
    facts.runtime = value.split(",");
    return facts.runtime.every((outcome) => known.includes(outcome)) ? undefined : `one of ${known.join(", ")}`;
  },
  "waiting-container": (value, into) => container(value, (reference) => (into.waiting = reference)),
  "ended-container": (value, into) => container(value, (reference) => (into.ended = reference)),
  "restarted-container": (value, into) => container(value, (reference) => (into.restarted = reference)),
  "long-line-container": (value, into) => container(value, (reference) => (into.longLine = reference)),
  "second-container": (value, into) => container(value, (reference) => (into.second = reference)),
  "sidecar-container": (value, into) => container(value, (reference) => (into.sidecar = reference)),
  "ephemeral-container": (value, into) => container(value, (reference) => (into.ephemeral = reference)),
  "listening-port": (value, into) => {
    if (!/^\d{1,5}$/.test(value) || Number(value) === 0 || Number(value) > 65_535) return "a port from 1 to 65535";
    into.listeningPort = Number(value);
    return undefined;
  },
  "ticking-container": (value, into) => {
    if (!/^\d{1,4}$/.test(value) || Number(value) === 0) return "the seconds within which it logs at least one line, such as 30";
    into.longestSilenceMs = Number(value) * 1000;
    return undefined;
  },
  "node-name": (value, into) => {
    into.nodeName = value;
    return undefined;
  },
  "time-zone": (value, into) => {
    if (!/^(Z|[+-]\d\d:\d\d)$/.test(value)) return "Z or an offset such as +02:00";
    into.timeZone = value;
    return undefined;
  },
  "root-dir": (value, into) => {
    if (!value.startsWith("/")) return "an absolute path on the node";
    into.rootDirectory = value;
    return undefined;
  },
  without: (value, into) => {
    const known = vocabulary().needs.map(({ id }) => id);
    into.lacks.push(...value.split(","));
    return into.lacks.every((need) => known.includes(need)) ? undefined : `one of ${known.join(", ")}`;
  },
};

/** The keys that may be declared. */
export const declarableKeys = [...Object.keys(readers), "identity.SUBRESOURCE"];

/** Reads `KEY=VALUE` pairs. Throws a UsageError that names the pair and the form it should have. */
export function parseDeclarations(pairs: readonly string[]): Declarations {
  const declarations: Declarations = { facts: {}, identityFiles: {}, lacks: [] };
  for (const pair of pairs) {
    const separator = pair.indexOf("=");
    const key = separator < 0 ? pair : pair.slice(0, separator);
    const value = separator < 0 ? "" : pair.slice(separator + 1);
    if (value === "") throw new UsageError("declare-malformed", `--declare ${pair} has no value; write --declare ${key}=VALUE`);
    const identity = /^identity\.([a-z-]+)$/.exec(key)?.[1];
    if (identity !== undefined) {
      const known = identityNames();
      if (!known.includes(identity))
        throw new UsageError("declare-unknown", `--declare ${key}: no requirement asks as "${identity}"; known are ${known.join(", ")}`);
      declarations.identityFiles[identity] = value;
      continue;
    }
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (!reader) throw new UsageError("declare-unknown", `--declare knows no "${key}"; known are ${declarableKeys.join(", ")}`);
    const wanted = reader(value, declarations);
    if (wanted !== undefined) throw new UsageError("declare-malformed", `--declare ${key}=${value}: the value must be ${wanted}`);
  }
  return declarations;
}

/** The identities that requirements ask as. */
function identityNames(): string[] {
  const clients = requirements().map(({ exchange }) => exchange?.request.client ?? "");
  return [...new Set(clients.flatMap((client) => (client.startsWith("identity:") ? [client.slice("identity:".length)] : [])))];
}

/** Reads `NAMESPACE/POD/CONTAINER`; undefined when the text is not of that form. */
export function parseContainer(text: string): ContainerReference | undefined {
  const [namespace, pod, name, ...rest] = text.split("/");
  return namespace && pod && name && rest.length === 0 ? { namespace, pod, container: name } : undefined;
}

function container(value: string, use: (reference: ContainerReference) => void): string | undefined {
  const reference = parseContainer(value);
  if (!reference) return "NAMESPACE/POD/CONTAINER";
  use(reference);
  return undefined;
}
