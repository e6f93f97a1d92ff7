import { behaviourAt, minorOf, minors } from "@kubelet-conformance/spec";
import { type Finding, finding, pages } from "./finding.ts";

/** Minor and patch of a version like `v1.36.4-eks-1`; undefined: it says none. */
export function partsOf(version: string): { minor: number; patch: number } | undefined {
  const [, minor, patch = "0"] = /^v?1\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return minor === undefined ? undefined : { minor: Number(minor), patch: Number(patch) };
}

const newest = partsOf(minors.at(-1) ?? "1.0")?.minor ?? 0;
/** The project patches the newest three minors. */
const patched = 3;

/** Whether the kubelet's minor gets patches, as far as is known here: what is newer than this suite does. */
export function supportOf(version: string): Finding[] {
  const own = partsOf(version);
  if (!own || own.minor > newest - patched) return [];
  const text = `kubelet ${version} is of a minor that gets no more patches: those from 1.${newest - patched + 1} on do`;
  return [finding("warning", "version.support", text, [{ text: "upgrade, one minor after the other", link: pages.patchReleases }])];
}

/** What the policy for version skew says about a kubelet under an API server. */
export function skewOf(kubelet: string, apiServer: string): Finding[] {
  const [own, above] = [partsOf(kubelet), partsOf(apiServer)];
  if (!own || !above) return [];
  const most = own.minor < 25 ? 2 : 3;
  if (own.minor > above.minor) {
    const text = `kubelet ${kubelet} is newer than its API server ${apiServer}, which is not supported`;
    return [finding("to-do", "version.skew", text, [{ text: "upgrade the control plane first", link: pages.skew }])];
  }
  if (above.minor - own.minor <= most) return [];
  const text = `kubelet ${kubelet} is ${above.minor - own.minor} minors older than its API server ${apiServer}; at most ${most} are supported`;
  return [finding("to-do", "version.skew", text, [{ text: "drain the node and upgrade its kubelet", link: pages.skew }])];
}

/** Whether a kubelet of this version serves checkpoints on its read-only port (CVE-2025-0426), where the gate is on. */
export function servesCheckpointsToAnyone(version: string): boolean {
  const [own, minor] = [partsOf(version), minorOf(version)];
  if (!own || minor === undefined) return false;
  const fixed = behaviourAt("checkpoint-handler-fixed-in", minor);
  const first = typeof fixed === "string" ? partsOf(fixed) : undefined;
  return first === undefined || own.minor < first.minor || (own.minor === first.minor && own.patch < first.patch);
}
