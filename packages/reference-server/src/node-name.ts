import { hostname } from "node:os";

/** A node name that no node can have. */
export class NodeNameError extends Error {
  readonly code = "KUBELET_NODE_NAME";
}

/** The name of this node: the given one or the host's, in lower case. It becomes part of file names. Throws NodeNameError. */
export function nodeNameOf(given: string | undefined): string {
  const name = (given ?? hostname()).trim().toLowerCase();
  if (/^[a-z0-9]([-a-z0-9._]*[a-z0-9])?$/.test(name) && name.length <= 253) return name;
  throw new NodeNameError(`"${name}" is no node name; give one of letters, digits, "-" and "." with --hostname-override`);
}
