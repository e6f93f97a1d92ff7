import type { Requirement } from "@kubelet-conformance/spec";
import type { Target } from "../target/target.ts";

/** A requirement for tests; what is not said is as plain as can be. */
export function requirement(more: Partial<Requirement> = {}): Requirement {
  return {
    id: "test.one",
    area: "health",
    level: "MUST",
    title: "MUST be tested",
    provenance: "observed",
    sources: [],
    since: "1.25",
    profile: "core",
    ...more,
  };
}

/** A target that offers nothing but a server. */
export function bareTarget(more: Partial<Target> = {}): Target {
  return {
    server: "http://127.0.0.1:1",
    kubernetesVersion: "v1.36.4",
    minor: "1.36",
    versionSource: "declared",
    identities: {},
    facts: {},
    ...more,
  };
}
