/** What a kubelet says of flags that it does not start with; its exit code is 1, not that of a flag it cannot read. */
export class NodeFlagError extends Error {
  readonly code = "KUBELET_NODE_FLAG";
}
