import { stoppedAnsweringText } from "../engine/stopped-answering.ts";
import { printable } from "../engine/text.ts";
import type { Report } from "./report.ts";

/** Who was tested, as a phrase. */
export function subjectText({ target, notTested }: Pick<Report, "target" | "notTested">): string {
  const { kubernetesVersion, versionSource, node, server } = target;
  if (notTested) return node === null ? `kubelet at ${printable(server)}` : `kubelet of node ${printable(node)} at ${printable(server)}`;
  const known = printable(kubernetesVersion);
  const version = versionSource === "assumed" ? `${known} (assumed)` : known;
  if (node === null) return `kubelet ${version} at ${printable(server)}`;
  return `kubelet ${version} of node ${printable(node)} at ${printable(server)}`;
}

/** A name that tells this kubelet from others, the same in every run. */
export function subjectName({ target: { node, server } }: Pick<Report, "target">): string {
  return node ?? server;
}

/** Something that kept requirements from being tested. */
export interface End {
  name: string;
  message: string;
  /** Lines that explain it. */
  detail: readonly string[];
}

/** Why a run stopped before its end, or left out a part. */
export function endsOf({
  interrupted,
  stoppedAnswering,
  notTested,
  notRun = [],
}: Pick<Report, "interrupted" | "stoppedAnswering" | "notTested" | "notRun">): End[] {
  return [
    ...(notTested ? [{ name: "is tested", message: notTested.message, detail: [] }] : []),
    ...(interrupted ? [{ name: "runs to its end", message: "the run was interrupted", detail: [] }] : []),
    ...(stoppedAnswering ? [{ name: "answers", message: `the kubelet ${stoppedAnsweringText(stoppedAnswering)}`, detail: [] }] : []),
    ...notRun.map(({ scenarios, message, detail }) => ({ name: `answers in ${scenarios.join(", ")}`, message, detail })),
  ];
}

/** What was not tested, by what would unlock it; most first. */
export function blockedReasons({ results }: Pick<Report, "results">): [reason: string, count: number][] {
  const reasons = new Map<string, number>();
  for (const { verdict, reason = "" } of results) if (verdict === "blocked") reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].toSorted(([, a], [, b]) => b - a);
}
