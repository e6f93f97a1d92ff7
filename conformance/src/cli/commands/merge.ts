import { printable } from "../../engine/text.ts";
import { exitCode } from "../../engine/verdicts.ts";
import { UsageError } from "../../errors.ts";
import { parseReportFlag, requireReportsWritable, splitFiles, writeFleetReports, writeReports } from "../../report/files.ts";
import { isTested, reportOf, requirementsOf } from "../../report/fleet/fleet-report.ts";
import { createMerger } from "../../report/fleet/merge.ts";
import { say } from "../../messages/say.ts";
import { chooseFleetReporter } from "../../report/fleet/terminal.ts";
import { readAnyReport } from "../../report/read.ts";
import { defineCommand } from "../command.ts";
import { runOptions } from "../target-options.ts";

export const merge = defineCommand({
  name: "merge",
  summary: "Join reports of one or many kubelets, as shards of a run write them, into one report.",
  usage: "REPORT.json ... [options]",
  options: {
    newest: {
      kind: "boolean",
      help: "of several reports about one kubelet take the one that was made last; without it they must be the same",
    },
    "require-complete": runOptions["require-complete"],
    report: runOptions.report,
    output: runOptions.output,
  },
  examples: [
    "kubelet-conformance merge shards/*.json --report html=fleet.html --report json=fleet.json",
    "kubelet-conformance merge monday.json again.json --newest --report json=now.json",
  ],
  notes: [
    () => [
      say("REPORT is a file that --report json=FILE wrote. {node} in the name of a report gives each kubelet a file of its own.", {
        node: "{node}",
      }),
    ],
    "",
    "Exit codes: 0 conformant, 1 not conformant, 2 could not merge, or a kubelet was not tested.",
  ],
  run: async (values, positionals, { out, err, environment }) => {
    if (positionals.length === 0)
      throw new UsageError("reports-missing", "merge takes reports: kubelet-conformance merge A.json B.json --report html=ALL.html");
    const { each, all } = splitFiles(values.report.map(parseReportFlag));
    await requireReportsWritable([...each, ...all]);
    const merger = createMerger(values);
    // One after the other: a thousand open files would be too many.
    for (const file of positionals) merger.add(file, await readAnyReport(file));
    const versions = merger.versions();
    if (versions.length > 1) {
      const text = versions.map(([version, kubelets]) => `${version} (${kubelets})`).join(", ");
      const told = say("tested with different versions, whose requirements may differ: {versions}", { versions: text });
      err.write(`kubelet-conformance: ${printable(told)}\n`);
    }
    const report = merger.report();
    const requirements = requirementsOf(report);
    chooseFleetReporter(values.output, out, environment).finished(report, []);
    const tested = report.kubelets.filter(isTested);
    const written = await writeFleetReports(report, all);
    if (each.length > 0) for (const kubelet of tested) written.push(...(await writeReports(reportOf(kubelet, requirements), each)));
    for (const file of written) err.write(`${say("report: {file}", { file })}\n`);
    const untested = tested.length < report.kubelets.length || tested.length === 0 ? 2 : 0;
    const codes = tested.map((kubelet) => exitCode(kubelet, { requireComplete: values["require-complete"] }));
    return Math.max(untested, report.interrupted ? 2 : 0, ...codes);
  },
});
