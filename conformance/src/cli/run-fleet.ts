import type { KnownFailure } from "../engine/known-failures.ts";
import { workThrough } from "../engine/schedule.ts";
import { printable } from "../engine/text.ts";
import { exitCode, type Result, type Verdict } from "../engine/verdicts.ts";
import { type ReportFile, splitFiles, writeFleetReports, writeReports } from "../report/files.ts";
import { createFleetCollector, type FleetShard } from "../report/fleet/fleet-report.ts";
import { chooseFleetReporter } from "../report/fleet/terminal.ts";
import type { Report } from "../report/report.ts";
import { say } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import { problemVerdicts } from "../report/problems.ts";
import { type ConformanceOptions, runConformance } from "../run-conformance.ts";
import type { SecureContexts } from "../target/agents.ts";
import type { Io } from "./command.ts";
import { endText } from "./end-text.ts";
import type { KnownFailures } from "./known-failures.ts";
import type { RunSubject } from "./run-subjects.ts";
import { subjectKey } from "./shard.ts";

export interface RunFleetOptions {
  subjects: readonly RunSubject[];
  /** Which part of all they are. */
  shard?: FleetShard | undefined;
  options: Omit<ConformanceOptions, "server" | "cluster">;
  /** Tests one of them. */
  test: typeof runConformance;
  knownFailures: KnownFailures;
  files: readonly ReportFile[];
  /** Kubelets at a time. Default 8. */
  parallel: number | undefined;
  output: "pretty" | "plain" | "json" | undefined;
  signal: AbortSignal;
  io: Io;
}

/** Tests many kubelets, several at a time, and makes one report of it. Answers with the worst exit code. */
export async function runFleet({
  subjects,
  shard,
  options,
  test,
  knownFailures,
  files,
  parallel = 8,
  output,
  signal,
  io,
}: RunFleetOptions): Promise<number> {
  const startedAt = new Date();
  const { each, all } = splitFiles(files);
  const reporter = chooseFleetReporter(output, io.out, io.environment);
  const collector = createFleetCollector();
  const codes: number[] = [0];
  const judged: Result[] = [];
  // Of what needs no reader a report of many kubelets keeps no exchange. One of each kubelet does, and so does a comparison of two ways.
  const keepsExchanges = each.length > 0 || test !== runConformance ? undefined : (verdict: Verdict) => problemVerdicts.has(verdict);
  const contexts: SecureContexts = new Map();
  let left = subjects.length;
  let tested = 0;
  const wanted = options.knownFailures ?? [];
  const note = (place: string, report: Report): void => {
    tested++;
    codes.push(exitCode(report, options));
    if (knownFailures.isAsked) {
      const own = report.results.filter((result) => isJudged(result, wanted));
      judged.push(...own.map((result) => ({ ...result, exchanges: [] })));
    }
    reporter.over(place, collector.add(report), --left);
  };
  const testOne = async (subject: RunSubject, alive: () => void): Promise<void> => {
    const place = subjectKey(subject);
    reporter.begun(place);
    try {
      const report = await test({
        ...options,
        ...subject.options,
        tls: { ...options.tls, contexts },
        sharedKnownFailures: true,
        keepsExchanges,
        signal,
        onEvent: alive,
      });
      for (const file of await writeReports(report, each)) io.err.write(`${say("report: {file}", { file })}\n`);
      if (report.stoppedAnswering)
        io.err.write(`kubelet-conformance: ${printable(translated(endText(report.target.server, report.stoppedAnswering)))}\n`);
      note(place, report);
    } catch (error) {
      // One kubelet that cannot be tested must not keep the others from it. One that was being looked at when the run was stopped is not told of.
      if (signal.aborted) return;
      codes.push(2);
      io.err.write(`kubelet-conformance: ${printable(translated(error instanceof Error ? error.message : String(error)))}\n`);
      reporter.over(place, collector.addUntested(place, error, subject.options.cluster?.access.server), --left);
    }
  };
  await workThrough({ items: subjects, parallel, signal, work: testOne });
  const report = collector.report({ startedAt, durationMs: Date.now() - startedAt.getTime(), interrupted: signal.aborted, shard });
  reporter.finished(
    report,
    subjects.flatMap(({ node }) => node ?? []),
  );
  for (const file of await writeFleetReports(report, all)) io.err.write(`${say("report: {file}", { file })}\n`);
  codes.push(await knownFailures.finish(judged, tested === subjects.length));
  return signal.aborted ? 130 : Math.max(...codes);
}

/** Of a thousand kubelets' results only those are kept that a known-failures file may say something of. */
function isJudged({ id, verdict }: Result, known: readonly KnownFailure[]): boolean {
  return verdict !== "passed" || known.length === 0 || known.some((entry) => entry.id === id);
}
