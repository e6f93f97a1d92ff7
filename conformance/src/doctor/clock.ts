import { type KubeObject, objectAt, objectsAt, textAt } from "@kubelet-conformance/control-plane";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { type Finding, finding, pages, type Step } from "./finding.ts";

/** More than this is nobody's network. */
const warnMs = 5_000;
/** A certificate or a token that was made here may not be valid there, or the other way round; a lease counts as lost. */
const badMs = 30_000;

/** An answer, and when it was asked for and came, by the clock here. */
export interface DatedAnswer {
  response: WireResponse;
  sentAt: number;
  receivedAt: number;
}

const steps: Step[] = [{ text: "see on both machines whether time is synchronized", command: "timedatectl" }];

/** By how much the server's clock is ahead of the one here, in milliseconds, as far as headers with whole seconds tell; undefined: not at all. */
export function skewOf(answers: readonly DatedAnswer[]): number | undefined {
  let [least, most] = [-Infinity, Infinity];
  for (const { response, sentAt, receivedAt } of answers) {
    const said = Date.parse(headerOf(response, "Date") ?? "");
    if (Number.isNaN(said)) continue;
    // It was written somewhere in between, and cut to a second.
    least = Math.max(least, said - receivedAt);
    most = Math.min(most, said + 1000 - sentAt);
  }
  if (least === -Infinity) return undefined;
  return least > 0 ? least : most < 0 ? most : 0;
}

export function ofSkew(who: string, skewMs: number | undefined): Finding[] {
  if (skewMs === undefined) return [];
  if (Math.abs(skewMs) < warnMs) return [finding("ok", "clock.skew", `${who}'s clock agrees with the clock here`)];
  const text = `${who}'s clock is ${seconds(skewMs)} of the clock here: certificates, tokens and log times are judged by it`;
  return [finding(Math.abs(skewMs) < badMs ? "warning" : "to-do", "clock.skew", text, steps)];
}

/** What a node's lease says of its kubelet's clock and life, by the API server's time. */
export function ofLease(lease: KubeObject, now: number): Finding[] {
  const spec = objectAt(lease, "spec");
  const renewed = Date.parse(textAt(spec, "renewTime"));
  if (Number.isNaN(renewed)) return [];
  const written = writtenAt(lease);
  // Between the two lies one request, and the API server cuts to seconds.
  const ahead = renewed - (written ?? now);
  const findings: Finding[] = [];
  if (ahead > warnMs || (written !== undefined && ahead < -warnMs)) {
    const text = `the kubelet's clock is ${seconds(ahead)} of the API server's, by the lease of its node`;
    findings.push(finding(Math.abs(ahead) < badMs ? "warning" : "to-do", "clock.lease", text, steps));
  }
  const lasts = Number(textAt(spec, "leaseDurationSeconds") || "40");
  const age = Math.round((now - (written ?? renewed)) / 1000);
  if (age > lasts) {
    const text = `the node's lease was renewed ${age} s ago, and lasts ${lasts} s: the kubelet is gone, or does not reach the API server`;
    findings.push(
      finding("to-do", "lease.stale", text, [
        {
          text: "on the node, see whether the kubelet runs, and what it says about its API server",
          command: "systemctl status kubelet; journalctl -u kubelet -n 50",
        },
        { text: "what the cluster makes of it", link: pages.heartbeats },
      ]),
    );
  }
  return findings.length > 0
    ? findings
    : [finding("ok", "clock.lease", "the node's lease is renewed, by a clock that agrees with the API server's")];
}

/** When the API server took the last change, by its own clock. */
function writtenAt(lease: KubeObject): number | undefined {
  const times = objectsAt(objectAt(lease, "metadata"), "managedFields").map((entry) => Date.parse(textAt(entry, "time")));
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length === 0 ? undefined : Math.max(...known);
}

function seconds(skewMs: number): string {
  const amount = Math.round(Math.abs(skewMs) / 1000);
  return skewMs > 0 ? `${amount} s ahead` : `${amount} s behind`;
}
