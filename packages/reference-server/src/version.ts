import { minorOf, minors } from "@kubelet-conformance/spec";
import { behaviour } from "@kubelet-conformance/types";

/** A Kubernetes version that no recorded behaviour covers. */
export class VersionError extends Error {
  readonly code = "KUBELET_VERSION";
}

/** Full version and minor of `1.36` (its last known patch) or `v1.36.4`. Throws VersionError. */
export function resolveVersion(text: string): { version: string; minor: string } {
  const minor = minorOf(text);
  if (minor === undefined) {
    throw new VersionError(
      `Kubernetes version "${text}" is not covered; give ${minors[0]} to ${minors.at(-1)}, or a patch such as v${minors.at(-1)}.0`,
    );
  }
  if (/^v?\d+\.\d+$/.test(text.trim())) return { minor, version: behaviour("kubelet-build", minor).version };
  return { minor, version: `v${text.trim().replace(/^v/, "")}` };
}
