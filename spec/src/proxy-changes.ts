import { loadJson } from "./load.ts";
import type { Exchange, ExchangeRequest, Requirement, Source } from "./requirement.ts";
import type { Term } from "./vocabulary.ts";

/** Something that an API server's node proxy changes between a client and a kubelet: one entry of `proxy-changes.yaml`. */
export interface ProxyChange extends Term {
  sources: Source[];
  /** It explains why the two ways to a kubelet differ, but keeps nothing from being decided through the proxy. */
  decidable?: true;
  /** Ids, or beginnings of ids up to a dot. */
  requirements?: string[];
  /** Requirements with one of these needs. */
  needs?: string[];
  /** Requirements whose exchange holds one of these. */
  exchanges?: ExchangeMatch;
  /** Headers of answers that it may add, take away or write anew. */
  headers?: string[];
}

export interface ExchangeMatch {
  /** Another client than the credentials, on the main port. */
  otherClients?: true;
  protocols?: NonNullable<ExchangeRequest["protocol"]>[];
  withoutLength?: true;
  /** Patterns of the method, and of the request target in front of its query. */
  methods?: string;
  paths?: string;
  upgradesWithQuery?: true;
  /** Headers that the answer must have or lack. */
  expectedHeaders?: string[];
  absentHeaders?: string[];
}

let loaded: readonly ProxyChange[] | undefined;

/** Everything that the node proxy changes. */
export function proxyChanges(): readonly ProxyChange[] {
  return (loaded ??= loadJson<readonly ProxyChange[]>("data/proxy-changes.json"));
}

/** What keeps a requirement from being decided through the node proxy; undefined: nothing does. */
export function proxyObstacle(requirement: Requirement): ProxyChange | undefined {
  return proxyChanges().find((change) => change.decidable !== true && concerns(change, requirement));
}

/** Why a requirement may look different through the node proxy; undefined: there is no reason known. */
export function proxyChangeOf(requirement: Requirement): ProxyChange | undefined {
  return proxyChanges().find((change) => concerns(change, requirement));
}

function concerns({ requirements = [], needs = [], exchanges }: ProxyChange, { id, needs: own = [], exchange }: Requirement): boolean {
  if (requirements.some((name) => id === name || id.startsWith(`${name}.`)) || needs.some((need) => own.includes(need))) return true;
  return exchanges !== undefined && exchange !== undefined && holds(exchanges, exchange);
}

function holds(match: ExchangeMatch, { request, expect }: Exchange): boolean {
  const { client = "credentials", listener = "main", protocol, contentLength, method, target = "", query } = request;
  const [path = "", queryOfTarget] = target.split("?");
  const upgrades = Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === "upgrade");
  const expected = Object.entries({ ...expect.should?.headers, ...expect.headers });
  return (
    (match.otherClients === true && listener === "main" && client !== "credentials") ||
    (protocol !== undefined && match.protocols?.includes(protocol) === true) ||
    (match.withoutLength === true && contentLength === "none") ||
    (match.methods !== undefined && method !== undefined && new RegExp(match.methods).test(method)) ||
    (match.paths !== undefined && request.target !== undefined && new RegExp(match.paths).test(path)) ||
    (match.upgradesWithQuery === true && upgrades && (query ?? queryOfTarget) !== undefined) ||
    expected.some(([name]) => includes(match.expectedHeaders, name)) ||
    expected.some(([name, value]) => value === null && includes(match.absentHeaders, name))
  );
}

function includes(names: readonly string[] | undefined, name: string): boolean {
  return names?.some((known) => known.toLowerCase() === name.toLowerCase()) === true;
}
