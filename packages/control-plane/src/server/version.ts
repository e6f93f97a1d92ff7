import type { JsonObject } from "../api/json.ts";

/** The body of `/version` for a version like `1.36` or `1.36.4`. */
export function versionInfo(kubernetesVersion: string): JsonObject {
  const [major = "1", minor = "", patch = "0"] = kubernetesVersion.replace(/^v/, "").split(".");
  return { major, minor, gitVersion: `v${major}.${minor}.${patch}` };
}
