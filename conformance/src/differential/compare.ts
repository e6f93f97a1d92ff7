import { proxyChangeOf, proxyObstacle, requirements } from "@kubelet-conformance/spec";
import type { Result, Verdict } from "../engine/verdicts.ts";
import type { Report } from "../report/report.ts";
import { headerComparison, shown } from "./compare-headers.ts";
import type { Differential, RequirementDifference, Side } from "./differential.ts";

/** Holds what was found out through the node proxy against what was found out without it. */
export function compareReports(proxied: Report, direct: Report): Differential {
  const others = new Map(direct.results.map((result) => [result.id, result]));
  const catalogue = new Map<string, (typeof all)[number]>(all.map((requirement) => [requirement.id, requirement]));
  const headers = headerComparison();
  const differences: RequirementDifference[] = [];
  let compared = 0;
  for (const one of proxied.results) {
    const other = others.get(one.id);
    const requirement = catalogue.get(one.id);
    if (!other || !requirement) continue;
    compared++;
    if (one.verdict !== plain(other.verdict)) {
      const change = proxyChangeOf(requirement);
      differences.push({ id: one.id, title: one.title, proxy: side(one), direct: side(other), change: change ? shown(change) : null });
    } else if (!proxyObstacle(requirement)) {
      headers.add(one.id, one.exchanges, other.exchanges);
    }
  }
  const found = headers.differences();
  return {
    proxy: proxied.target.server,
    direct: direct.target.server,
    compared,
    alike: compared - differences.length,
    differences,
    headers: found,
    unexplained: [...differences, ...found].filter(({ change }) => change === null).length,
  };
}

const all = requirements();

/** Known failures are known of one way only. */
function plain(verdict: Verdict): Verdict {
  return verdict === "known-failure" ? "failed" : verdict;
}

function side({ verdict, reason, expected, actual }: Result): Side {
  return {
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}
