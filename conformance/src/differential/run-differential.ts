import type { Report, RunEvent } from "../report/report.ts";
import { type ConformanceOptions, runConformance } from "../run-conformance.ts";
import { UsageError } from "../errors.ts";
import { compareReports } from "./compare.ts";
import type { Differential } from "./differential.ts";

/**
 * Tests one kubelet through its API server's node proxy and without it, and compares. What differs for no known reason is asked once more, both ways:
 * what passes by is no difference. Resolves with the report of the way without the proxy, and how the other differs. Throws as `runConformance` does.
 */
export async function runDifferential(options: ConformanceOptions): Promise<Report> {
  const { cluster, server, knownFailures: _known, maxFailures: _most, onEvent, signal, ...common } = options;
  if (!cluster) throw new UsageError("cluster-missing", "which cluster's node? Give cluster");
  const told = (scenario: string) => (event: RunEvent) => {
    if (event.type !== "finished") onEvent?.({ ...event, scenario });
  };
  const through = (focus = options.focus ?? []): Promise<Report> =>
    runConformance({ ...common, focus, signal, cluster: { ...cluster, direct: false, compare: true }, onEvent: told("node proxy") });
  const straight = (focus = options.focus ?? []): ConformanceOptions => ({
    ...common,
    focus,
    signal,
    server,
    cluster: { ...cluster, direct: server === undefined },
    onEvent: told("direct"),
  });
  const proxied = await through();
  const direct = await runConformance({ ...options, ...straight() });
  let differential = compareReports(proxied, direct);
  const open = differential.differences.filter(({ change }) => change === null).map(({ id }) => id);
  if (open.length > 0 && signal?.aborted !== true) {
    const again = compareReports(await through(open), await runConformance(straight(open)));
    differential = settled(differential, open, again);
  }
  const report = { ...direct, leftovers: [...new Set([...proxied.leftovers, ...direct.leftovers])], differential };
  onEvent?.({ type: "finished", report });
  return report;
}

/** A comparison in which these requirements were compared once more. */
function settled(first: Differential, ids: readonly string[], again: Differential): Differential {
  const differences = first.differences.flatMap((one) =>
    ids.includes(one.id) ? again.differences.filter(({ id }) => id === one.id) : [one],
  );
  return {
    ...first,
    differences,
    alike: first.compared - differences.length,
    unexplained: [...differences, ...first.headers].filter(({ change }) => change === null).length,
  };
}
