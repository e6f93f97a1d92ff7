import { UsageError } from "../../errors.ts";
import { exitCode } from "../../engine/verdicts.ts";
import { parseReportFlag, writeReports } from "../../report/files.ts";
import type { TestbedOptions } from "../../testbed/testbed.ts";
import { requireMinor } from "../../target/discover.ts";
import { defineCommand } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { chooseReporter } from "../reporter.ts";
import { readSelection, requireRequirement } from "../selection.ts";
import { didYouMean } from "../suggest.ts";
import { runOptions, selectionOptions } from "../target-options.ts";

export const testbed = defineCommand({
  name: "testbed",
  summary: "Start a kubelet between doubles of its surroundings, test all its branches, stop it.",
  usage: "--kubelet reference [options]",
  options: {
    kubelet: { kind: "text", value: "reference", help: "which kubelet: the reference kubelet", default: "reference" },
    "kubernetes-version": { kind: "text", value: "VERSION", help: "its version, e.g. 1.30", default: "the newest that is covered" },
    scenario: { kind: "list", value: "NAME", help: "run only this scenario" },
    deviation: { kind: "text", value: "ID", help: "make the reference kubelet break this requirement" },
    ...selectionOptions,
    timeout: runOptions.timeout,
    concurrency: runOptions.concurrency,
    strict: runOptions.strict,
    "require-complete": runOptions["require-complete"],
    report: runOptions.report,
    output: runOptions.output,
  },
  examples: [
    "kubelet-conformance testbed --kubelet reference",
    "kubelet-conformance testbed --kubernetes-version 1.30 --scenario gate-off --report json=report.json",
  ],
  run: async (values, positionals, io) => {
    if (positionals.length > 0) throw new UsageError("argument-unexpected", `testbed takes no argument "${positionals[0]}"; see --help`);
    const { kubelet = "reference", deviation, "kubernetes-version": version } = values;
    if (kubelet !== "reference")
      throw new UsageError(
        "kubelet-unsupported",
        `--kubelet ${kubelet}: only the reference kubelet can be started here; test a running one with "kubelet-conformance run --server URL"`,
      );
    if (version !== undefined) requireMinor(version, "--kubernetes-version");
    const [{ runTestbed }, { scenarios }] = await Promise.all([import("../../testbed/testbed.ts"), import("../../testbed/scenarios.ts")]);
    const names = scenarios.map(({ name }) => name);
    for (const name of values.scenario) {
      if (!names.includes(name))
        throw new UsageError(
          "scenario-unknown",
          `there is no scenario "${name}"${didYouMean(name, names) || `; there are ${names.join(", ")}`}`,
        );
    }
    const files = values.report.map(parseReportFlag);
    const interrupt = onInterrupt();
    try {
      const report = await runTestbed({
        ...readSelection(values),
        kubernetesVersion: version,
        ...(values.scenario.length === 0 ? {} : { scenarios: scenarios.filter(({ name }) => values.scenario.includes(name)) }),
        ...(deviation === undefined ? {} : { deviation: requireDeviation(deviation) }),
        ...(values.timeout === undefined ? {} : { timeoutMs: values.timeout * 1000 }),
        concurrency: values.concurrency,
        strict: values.strict,
        signal: interrupt.signal,
        onEvent: chooseReporter(values.output, io),
      });
      for (const file of await writeReports(report, files)) io.err.write(`report: ${file}\n`);
      return interrupt.signal.aborted ? 130 : exitCode(report.summary, { requireComplete: values["require-complete"] });
    } finally {
      interrupt.dispose();
    }
  },
});

function requireDeviation(id: string): NonNullable<TestbedOptions["deviation"]> {
  // The union of ids is generated from the same catalogue that was just searched.
  return requireRequirement(id).id as NonNullable<TestbedOptions["deviation"]>;
}
