import { requirements } from "@kubelet-conformance/spec";
import { select } from "../../engine/plan.ts";
import { printable } from "../../engine/text.ts";
import { UsageError } from "../../errors.ts";
import { requireWritable, writeAtomically } from "../../report/write.ts";
import { createStyle, type Style, wantsColours } from "../../report/style.ts";
import type { Trial } from "../../prove/prove.ts";
import { say } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { padColumns } from "../../report/width.ts";
import { defineCommand } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { readSelection } from "../selection.ts";
import { selectionOptions } from "../target-options.ts";

export const prove = defineCommand({
  name: "prove",
  summary: "Run the suite against every deviation of the reference kubelet: which check kills which.",
  usage: "[options]",
  options: {
    ...selectionOptions,
    workers: { kind: "number", value: "N", help: "threads", default: "one per core", min: 1, max: 64 },
    output: { kind: "choice", value: "FORM", words: ["table", "json"], help: "table or json", default: "table" },
    file: { kind: "text", value: "FILE", help: "write the trials as JSON to this file, too" },
  },
  examples: ["kubelet-conformance prove", "kubelet-conformance prove --focus checkpoint.timeout"],
  notes: ["Exit codes: 0 every deviation was caught by its own check, 1 some survived, 2 could not run, 130 interrupted."],
  run: async (values, positionals, io) => {
    const { output = "table" } = values;
    if (positionals.length > 0)
      throw new UsageError(
        "argument-unexpected",
        `prove takes no argument "${positionals[0]}"; name requirements with --focus ${positionals[0]}`,
      );
    if (values.file !== undefined) await requireWritable(values.file);
    const selected = select(requirements(), readSelection(values));
    const style = createStyle(wantsColours(io.out, io.environment));
    const startedAt = performance.now();
    const interrupt = onInterrupt();
    try {
      const { prove: proveAll } = await import("../../prove/prove.ts");
      const trials = await proveAll({
        requirements: selected,
        workers: values.workers,
        signal: interrupt.signal,
        onTrial: (trial) => {
          if (output === "table") io.out.write(`${line(trial, style)}\n`);
        },
      });
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (values.file !== undefined) await writeAtomically(values.file, `${JSON.stringify(trials, null, 2)}\n`);
      io.out.write(output === "json" ? `${JSON.stringify(trials)}\n` : `${conclusion(trials, selected.length, seconds, style)}\n`);
      if (interrupt.signal.aborted) return 130;
      return selected.length > 0 && trials.every(({ killed }) => killed) && trials.length === selected.length ? 0 : 1;
    } finally {
      interrupt.dispose();
    }
  },
});

function line({ id, minor, scenario, killed, verdict, collateral, durationMs, tries, error }: Trial, style: Style): string {
  const outcome = killed ? style.good(padColumns(say("killed"), 8)) : style.bad(padColumns(say("survived"), 8));
  const told = scenario === "" ? say("no scenario decides it") : say("verdict {verdict}", { verdict: say(verdict ?? "none") });
  const seen = error === undefined ? (killed ? "" : told) : translated(error);
  const more = collateral.length === 0 ? "" : style.odd(` ${say("with {ids}", { ids: collateral.join(", ") })}`);
  return `${outcome} ${id}  ${style.faint(`${scenario} ${minor} ${durationMs} ms${tries === undefined ? "" : ` ${tries}×`}`)} ${printable(seen)}${more}`;
}

function conclusion(trials: readonly Trial[], planned: number, seconds: string, style: Style): string {
  const killed = trials.filter((trial) => trial.killed);
  const share = planned === 0 ? 0 : Math.floor((100 * killed.length) / planned);
  const beyond = trials.filter(({ collateral }) => collateral.length > 0);
  const survivors = trials
    .filter((trial) => !trial.killed)
    .map(({ id, error }) => `  ${style.bad(say("survived"))} ${id}${error === undefined ? "" : `: ${printable(translated(error))}`}`);
  const also = beyond.map(({ id, collateral }) => `  ${id}: ${collateral.join(", ")}`);
  return [
    "",
    ...(survivors.length === 0 ? [] : [say("survivors:"), ...survivors, ""]),
    ...(also.length === 0 ? [] : [say("deviations that other MUSTs caught, too:"), ...also, ""]),
    say("{killed} of {planned} deviations killed by their own check: {share} % ({seconds} s); {others} caught by others, too", {
      killed: killed.length,
      planned,
      share,
      seconds,
      others: beyond.length,
    }),
  ].join("\n");
}
