import type { JsonObject } from "@kubelet-conformance/control-plane";

/** The kubelet's own node, as it last saw it in a watch. */
export interface NodeCache {
  node: JsonObject | undefined;
  /** Called when the node is seen for the first time. */
  onFirst?: () => void;
}
