import { minorOf, minors, type Minor } from "@kubelet-conformance/spec";
import { MockError } from "./mock-error.ts";

/** The minor of a version, by default the newest. Throws MockError for one that is not covered. */
export function minorFor(kubernetesVersion: string | undefined): Minor {
  const minor = kubernetesVersion === undefined ? minors[minors.length - 1] : minorOf(kubernetesVersion);
  if (!minor) throw new MockError("unknown-version", `Kubernetes "${kubernetesVersion}" is not covered; use one of ${minors.join(", ")}`);
  return minor;
}
