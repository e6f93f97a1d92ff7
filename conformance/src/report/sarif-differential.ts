import { createHash } from "node:crypto";
import { unexplainedPoints } from "../differential/points.ts";
import type { Report } from "./report.ts";
import { locationOf } from "./sarif-location.ts";
import type { SarifResult, SarifRule } from "./sarif-types.ts";
import { subjectName } from "./subject.ts";

/** The rule for all that differs between two ways to a kubelet and that nothing explains; none where nothing does. */
export function differenceRules(reports: readonly Pick<Report, "differential">[]): SarifRule[] {
  if (reports.every((report) => unexplainedPoints(report).length === 0)) return [];
  return [
    {
      id: "differential.unexplained",
      shortDescription: {
        text: "Through the API server's node proxy a kubelet looks as it does without it, but for what the proxy is known to change",
      },
      help: { text: "spec/proxy-changes.yaml lists what the proxy is known to change, with the sources" },
      defaultConfiguration: { level: "error" },
      properties: { tags: ["differential"] },
    },
  ];
}

/** An alert for each difference; `ruleIndex` is the rule's. */
export function differenceResults(report: Report, ruleIndex: number): SarifResult[] {
  return unexplainedPoints(report).map(({ name, id, text }) => {
    const hash = createHash("sha256")
      .update(`${name}\n${subjectName(report)}`)
      .digest("hex");
    return {
      ruleId: "differential.unexplained",
      ruleIndex,
      kind: "fail",
      level: "error",
      message: { text: `${name}: ${text}` },
      locations: [locationOf(report.results.find((result) => result.id === id) ?? { id, sources: [] })],
      partialFingerprints: { "kubeletRequirement/v1": hash, primaryLocationLineHash: `${hash.slice(0, 16)}:1` },
      properties: {},
    };
  });
}
