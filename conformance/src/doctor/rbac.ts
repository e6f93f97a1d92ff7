import { printable } from "../engine/text.ts";

/** A request that the kubelet refused, by the words of its 403. */
export interface Refusal {
  user: string;
  verb: string;
  /** Any of them would do; the first opens least. */
  subresources: readonly string[];
}

/** Reads the body of a 403: `subresource=` up to 1.31, `subresource(s)=[...]` from then on. */
export function readRefusal(body: string): Refusal | undefined {
  const [, user, verb, one, several] =
    /^Forbidden \(user=(.*), verb=([a-z]*), resource=nodes, (?:subresource=([a-z]+)|subresource\(s\)=\[([a-z ]+)\])\)\n?$/.exec(body) ?? [];
  if (user === undefined || verb === undefined || verb === "") return undefined;
  return { user, verb, subresources: (several ?? one ?? "").split(" ") };
}

/** `nodes/` subresources by verb, in the order in which they were refused. */
export type MissingRights = ReadonlyMap<string, readonly string[]>;

export function missingRights(refusals: readonly Refusal[]): MissingRights {
  const rights = new Map<string, string[]>();
  for (const { verb, subresources } of refusals) {
    const [least = "proxy"] = subresources;
    const known = rights.get(verb) ?? [];
    if (!known.includes(least)) rights.set(verb, [...known, least]);
  }
  return rights;
}

/** Lines for whoever has to decide. */
const openings: Readonly<Record<string, string>> = {
  proxy:
    "more than reading: nodes/proxy with get is enough to run commands in every container of a node. Before 1.33 nothing less opens /pods, /configz and /healthz",
  checkpoint: "writes the memory of any container into a file on the node",
};

/** A ClusterRole with exactly these rights, and its binding to the user. YAML for `kubectl apply`. */
export function rbacManifest(user: string, rights: MissingRights, name = "kubelet-conformance"): string {
  const rules = [...rights].flatMap(([verb, subresources]) => [
    ...subresources.flatMap((one) => (openings[one] === undefined ? [] : [`  # nodes/${one}: ${openings[one]}.`])),
    `  - apiGroups: [""]`,
    `    resources: [${subresources.map((one) => `nodes/${one}`).join(", ")}]`,
    `    verbs: [${verb}]`,
  ]);
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRole",
    `metadata: { name: ${name} }`,
    "rules:",
    ...rules,
    "---",
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRoleBinding",
    `metadata: { name: ${name} }`,
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name} }`,
    "subjects:",
    `  - ${subjectOf(user)}`,
    "",
  ].join("\n");
}

function subjectOf(user: string): string {
  const [, namespace, account] = /^system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)$/.exec(user) ?? [];
  if (namespace !== undefined && account !== undefined)
    return `{ kind: ServiceAccount, name: ${text(account)}, namespace: ${text(namespace)} }`;
  return `{ apiGroup: rbac.authorization.k8s.io, kind: User, name: ${text(user)} }`;
}

/** JSON's strings are YAML's, and a name may hold anything. */
function text(value: string): string {
  return printable(JSON.stringify(value));
}
