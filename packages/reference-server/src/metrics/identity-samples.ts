import { behaviour } from "@kubelet-conformance/types";
import type { KubeletState } from "../state.ts";
import type { KnownSamples } from "./kubelet-families.ts";
import { gatesAt } from "./tables.ts";

/** What tells which kubelet this is. */
export function identitySamples({ minor, version, nodeName, gates }: KubeletState): KnownSamples {
  const [, major = "", minorNumber = ""] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const { go } = behaviour("kubelet-build", minor);
  const build = {
    build_date: "2026-01-01T00:00:00Z",
    compiler: "gc",
    git_commit: "0000000000000000000000000000000000000000",
    git_tree_state: "clean",
    git_version: version,
    go_version: go,
    major,
    minor: minorNumber,
    platform: "linux/amd64",
  };
  const known = gatesAt(minor);
  const features = new Map<string, { name: string; stage: string; enabled: boolean }>(known);
  // Where the table says which gates there are, the list adds none that only the answers depend on.
  const isComplete = known.size > 0;
  for (const gate of gates.list) if (!isComplete || features.has(gate.name)) features.set(gate.name, gate);
  return {
    go_info: [{ labels: { version: go }, value: 1 }],
    kubernetes_build_info: [{ labels: build, value: 1 }],
    kubernetes_feature_enabled: [...features.values()]
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, stage, enabled }) => ({ labels: { name, stage }, value: enabled ? 1 : 0 })),
    kubelet_node_name: [{ labels: { node: nodeName }, value: 1 }],
  };
}
