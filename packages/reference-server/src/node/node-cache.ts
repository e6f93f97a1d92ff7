import type { JsonObject } from "@kubelet-conformance/control-plane";

/** The kubelet's own node, as it last saw it in a watch. */
export interface NodeCache {
  node: JsonObject | undefined;
}
