import { compareVersions } from "@kubelet-conformance/spec";
import type { Report, RunEvent } from "../../report/report.ts";
import { printable } from "../../engine/text.ts";
import { UsageError } from "../../errors.ts";
import { exitCode } from "../../engine/verdicts.ts";
import { parseReportFlag, requireReportsWritable, writeReports } from "../../report/files.ts";
import { scenariosFor } from "../../testbed/scenarios.ts";
import type { ScenarioOptions, TestbedOptions } from "../../testbed/testbed.ts";
import type { KubeletProgram } from "../../testbed/subject/kubelet-program.ts";
import type { RealRuntime } from "../../testbed/subject/real-runtime.ts";
import { requireMinor } from "../../target/discover.ts";
import { say } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import { knownFailureOptions, openKnownFailures } from "../known-failures.ts";
import { chooseReporter } from "../reporter.ts";
import { readRerun, rerunOption } from "../rerun.ts";
import { readSelection, requireRequirement } from "../selection.ts";
import { didYouMean } from "../suggest.ts";
import { longChecks, runOptions, selectionOptions } from "../target-options.ts";

export const testbed = defineCommand({
  name: "testbed",
  summary: "Start a kubelet between doubles of its surroundings, test all its branches, stop it.",
  usage: "--kubelet PATH | reference [options] [-- kubelet flags]",
  options: {
    kubelet: { kind: "text", value: "PATH", help: "a kubelet's program file, or the reference kubelet", default: "reference" },
    runtime: {
      kind: "text",
      value: "double|unix:///PATH",
      help: "what is under a kubelet's program: the runtime double, or a real runtime without pods (as root)",
      default: "double",
    },
    image: {
      advanced: true,
      kind: "text",
      value: "NAME",
      help: "an image with a shell that the real runtime has",
      default: "localhost/busybox:1",
    },
    restore: {
      advanced: true,
      kind: "boolean",
      help: "make a container of an archive in the real runtime and see it go on (in the runtime double that is always done)",
    },
    memory: {
      advanced: true,
      kind: "number",
      value: "MIB",
      help: "what the container of the scenarios large and large-deadline holds under a real runtime, in MiB",
      default: "512",
      min: 16,
      max: 65_536,
    },
    "kubernetes-version": {
      kind: "text",
      value: "VERSION",
      help: "the reference kubelet's version, e.g. 1.30",
      default: "the newest that is covered",
    },
    scenario: { kind: "list", value: "NAME", help: "run only this scenario" },
    deviation: { kind: "text", value: "ID", help: "make the reference kubelet break this requirement" },
    ...selectionOptions,
    "rerun-failed": rerunOption,
    "long-checks": longChecks,
    timeout: runOptions.timeout,
    concurrency: runOptions.concurrency,
    strict: runOptions.strict,
    "require-complete": runOptions["require-complete"],
    score: runOptions.score,
    ...knownFailureOptions,
    report: runOptions.report,
    output: runOptions.output,
  },
  examples: [
    "kubelet-conformance testbed --kubelet ./kubelet",
    "kubelet-conformance testbed --kubelet ./kubelet --profile checkpoint -- --feature-gates=KubeletPSI=true",
    "kubelet-conformance testbed --kubelet ./kubelet --runtime unix:///run/crio/crio.sock --restore",
    "kubelet-conformance testbed --kubernetes-version 1.30 --scenario gate-off --report json=report.json",
  ],
  notes: [
    "A kubelet's program runs with all it needs in namespaces of its own (Linux only): as an ordinary user in a user namespace, as root without one.",
    "Nothing of the machine is touched, and nothing is left, also after SIGKILL. The reference kubelet runs in this process: the files that",
    "SIGKILL leaves of it in the temporary directory (TMPDIR) go at the next start. On a real runtime the pods are removed as well; while it is tested,",
    "a port of 127.0.0.1 answers HTTP requests, to have ports forwarded to.",
    "",
    scenarioLines,
    "",
    exitCodes,
  ],
  run: async (values, positionals, io) => {
    const [stray] = positionals;
    // What stands behind `--` begins with a flag; nothing else that does is a positional argument.
    if (stray !== undefined && !stray.startsWith("-"))
      throw new UsageError(
        "argument-unexpected",
        `testbed takes no argument "${stray}" (the kubelet's own flags go behind "--"); see --help`,
      );
    const { kubelet = "reference" } = values;
    const under = values.runtime === undefined || values.runtime === "double" ? "double" : "real";
    const scenarios = scenariosFor(under);
    for (const name of values.scenario) requireScenario(name, under);
    const files = values.report.map(parseReportFlag);
    await requireReportsWritable(files);
    const knownFailures = await openKnownFailures(values, io);
    const selection = readSelection(values);
    const options: ScenarioOptions = {
      ...selection,
      only: await readRerun("testbed", values, selection, io),
      scenarios: scenarios.filter(({ name }) => values.scenario.length === 0 || values.scenario.includes(name)),
      ...(values.timeout === undefined ? {} : { timeoutMs: values.timeout * 1000 }),
      concurrency: values.concurrency,
      strict: values.strict,
      score: values.score ?? "frozen",
      knownFailures: knownFailures.entries,
      onEvent: chooseReporter(values.output, io),
    };
    const interrupt = onInterrupt();
    try {
      const start = kubelet === "reference" ? testReference : testProgram;
      const report = await start({ ...options, signal: interrupt.signal }, { ...values, kubelet, extraFlags: positionals });
      for (const file of await writeReports(report, files)) io.err.write(`${say("report: {file}", { file })}\n`);
      for (const { message, detail } of report.notRun ?? [])
        for (const line of [`kubelet-conformance: ${translated(message)}`, ...detail.map((text) => `  ${text}`)])
          io.err.write(`${printable(line)}\n`);
      await knownFailures.finish(report.results);
      if (interrupt.signal.aborted) return 130;
      return exitCode(report, { requireComplete: values["require-complete"] });
    } catch (error) {
      if (!interrupt.signal.aborted || error !== interrupt.signal.reason) throw error;
      io.err.write(`kubelet-conformance: ${say("interrupted before a kubelet ran")}\n`);
      return 130;
    } finally {
      interrupt.dispose();
    }
  },
});

/** The names that --scenario takes, and what each is about. */
function scenarioLines(): string[] {
  const doubles = scenariosFor("double");
  const others = scenariosFor("real").filter(({ name }) => doubles.every((scenario) => scenario.name !== name));
  const width = Math.max(...[...doubles, ...others].map(({ name }) => name.length));
  const line = ({ name, title }: { name: string; title: string }): string => `  ${name.padEnd(width)}  ${translated(title)}`;
  return [say("Scenarios:"), ...doubles.map(line), say("Scenarios that need a real runtime:"), ...others.map(line)];
}

function requireScenario(name: string, under: "double" | "real"): void {
  const namesFor = (runtime: "double" | "real"): string[] => scenariosFor(runtime).map((scenario) => scenario.name);
  const names = namesFor(under);
  if (names.includes(name)) return;
  const other = namesFor(under === "double" ? "real" : "double").includes(name)
    ? ` with this runtime; it needs ${under === "double" ? "a real one: --runtime unix:///PATH" : "the runtime double"}`
    : undefined;
  throw new UsageError(
    "scenario-unknown",
    `there is no scenario "${name}"${other ?? (didYouMean(name, names) || `; there are ${names.join(", ")}`)}`,
  );
}

interface Choice {
  kubelet: string;
  "kubernetes-version": string | undefined;
  runtime: string | undefined;
  image: string | undefined;
  restore: boolean;
  "long-checks": boolean;
  memory: number | undefined;
  deviation: string | undefined;
  extraFlags: readonly string[];
}

/** Flags that only a real runtime heeds. None is ignored in silence. */
function refuseRuntimeFlags(choice: Choice): void {
  const given = (["image", "memory"] as const).find((flag) => choice[flag] !== undefined);
  if (given !== undefined)
    throw new UsageError(
      "flag-unsupported",
      `--${given} is for a real runtime under a kubelet's program: --kubelet PATH --runtime unix:///PATH`,
    );
  if (choice.restore)
    throw new UsageError(
      "flag-unsupported",
      "--restore is for a real runtime (--runtime unix:///PATH): in the runtime double containers are always made of archives",
    );
}

async function testReference(options: ScenarioOptions, choice: Choice): Promise<Report> {
  const { deviation, extraFlags, "kubernetes-version": version } = choice;
  if (extraFlags.length > 0)
    throw new UsageError("flags-unsupported", `${extraFlags[0]}: the reference kubelet takes flags as a program only: --kubelet PATH`);
  if (choice.runtime !== undefined && choice.runtime !== "double")
    throw new UsageError("flag-unsupported", `--runtime ${choice.runtime} is for a kubelet's program: --kubelet PATH`);
  refuseRuntimeFlags(choice);
  if (version !== undefined) requireMinor(version, "--kubernetes-version");
  const { runTestbed } = await import("../../testbed/testbed.ts");
  return runTestbed({
    ...options,
    kubernetesVersion: version,
    ...(deviation === undefined ? {} : { deviation: requireDeviation(deviation) }),
  });
}

async function testProgram(options: ScenarioOptions, choice: Choice): Promise<Report> {
  const { kubelet, extraFlags } = choice;
  for (const flag of ["kubernetes-version", "deviation"] as const) {
    if (choice[flag] !== undefined)
      throw new UsageError("flag-unsupported", `--${flag} is for the reference kubelet; ${kubelet} is what it is`);
  }
  const runtime = realRuntime(choice);
  if (!runtime) refuseRuntimeFlags(choice);
  const [{ inspectProgram }, { runIsolated }] = await Promise.all([
    import("../../testbed/subject/kubelet-program.ts"),
    import("../../testbed/isolation/isolate.ts"),
  ]);
  const program = await inspectProgram(kubelet, extraFlags, { signal: options.signal });
  if (!runtime) requireNodeReadable(program);
  const { scenarios = [], onEvent, signal, ...rest } = options;
  return runIsolated({
    ...rest,
    program,
    extraFlags,
    runtime,
    restore: choice.restore,
    longChecks: choice["long-checks"],
    scenarios: scenarios.map(({ name }) => name),
    signal,
    onEvent: (event: RunEvent) => onEvent?.(event),
  });
}

function realRuntime({ runtime = "double", image = "localhost/busybox:1", memory = 512 }: Choice): RealRuntime | undefined {
  if (runtime === "double") return undefined;
  if (!runtime.startsWith("unix:///"))
    throw new UsageError("runtime-malformed", `--runtime ${runtime}: write double, or unix:///PATH of a runtime's socket`);
  return { endpoint: runtime, image, memoryMiB: memory };
}

/** Kubelets up to 1.28 put the raw socket path into :authority, which Node's HTTP/2 refuses before the double sees it. */
function requireNodeReadable({ kubernetesVersion, kind }: KubeletProgram): void {
  if (kind === "kubelet" && compareVersions(kubernetesVersion, "1.29") < 0)
    throw new UsageError(
      "kubelet-too-old",
      `kubelet ${kubernetesVersion} sends an :authority that the runtime double (Node's HTTP/2) refuses: give it a real runtime with --runtime unix:///PATH, or take 1.29 or newer`,
    );
}

function requireDeviation(id: string): NonNullable<TestbedOptions["deviation"]> {
  // The union of ids is generated from the same catalogue that was just searched.
  return requireRequirement(id).id as NonNullable<TestbedOptions["deviation"]>;
}
