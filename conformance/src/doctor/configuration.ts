import { isObject, type JsonObject, textAt, textOf } from "@kubelet-conformance/control-plane";
import { type Finding, finding, pages } from "./finding.ts";

/** A KubeletConfiguration as /configz shows it: with all defaults, and without what is at Go's zero value. */
export type Configuration = JsonObject;

/** What the configuration says that somebody should know. */
export function ofConfiguration(configuration: Configuration): Finding[] {
  const findings: Finding[] = [];
  if (textAt(configuration, "authorization.mode") === "AlwaysAllow")
    findings.push(
      finding(
        "to-do",
        "access.always-allow",
        "authorization is AlwaysAllow: whoever the kubelet knows may run commands in every container",
        [{ text: "authorization.mode: Webhook in its configuration", link: pages.kubeletAccess }],
      ),
    );
  const gates = configuration["featureGates"];
  const set = isObject(gates) ? Object.entries(gates).map(([name, on]) => `${name}=${textOf(on)}`) : [];
  if (set.length > 0)
    findings.push(
      finding("note", "gates.set", `feature gates that somebody has set: ${set.join(", ")}`, [
        { text: "see which of them still exist after the next upgrade: a kubelet does not start with others", link: pages.featureGates },
      ]),
    );
  if (configuration["healthzPort"] === undefined || configuration["healthzPort"] === 0)
    findings.push(
      finding("note", "port.healthz", "healthzPort is 0: nobody on the node can ask for the kubelet's health, as kubeadm does", [
        { text: "healthzPort: 10248 is the default", link: pages.kubeletConfiguration },
      ]),
    );
  return findings;
}

export function readOnlyPortOf(configuration: Configuration): number {
  const port = configuration["readOnlyPort"];
  return typeof port === "number" ? port : 0;
}

/** Where its health is asked for without TLS; undefined: nowhere. */
export function healthzOf(configuration: Configuration): { address: string; port: number } | undefined {
  const port = configuration["healthzPort"];
  return typeof port === "number" && port > 0 ? { address: textAt(configuration, "healthzBindAddress"), port } : undefined;
}
