import { printableJson } from "../../engine/text.ts";
import { UsageError } from "../../errors.ts";
import { diffReports, hasLost } from "../../report/diff.ts";
import { diffLines, diffMarkdown } from "../../report/diff-text.ts";
import { readReport } from "../../report/read.ts";
import { createStyle, wantsColours } from "../../report/style.ts";
import { defineCommand } from "../command.ts";

export const diff = defineCommand({
  name: "diff",
  summary: "Compare two reports: what a kubelet lost and gained.",
  usage: "OLD.json NEW.json [options]",
  options: {
    output: {
      kind: "choice",
      value: "FORM",
      words: ["pretty", "plain", "json", "markdown"],
      help: "pretty, plain, json or markdown",
      default: "pretty on a terminal, else plain",
    },
  },
  examples: [
    "kubelet-conformance diff before.json after.json",
    'kubelet-conformance diff main.json pull-request.json --output markdown >> "$GITHUB_STEP_SUMMARY"',
  ],
  notes: [
    "OLD and NEW are files that --report json=FILE wrote, of run or of testbed.",
    "Lost is what was seen to hold, or to hold better, and is not now. A failure of what was not seen before (blocked, not applicable, not in OLD)",
    "is told and not lost, and so is one of a requirement that is not scored: the exit code of the run itself is about failures.",
    "",
    "Exit codes: 0 nothing was lost, 1 something was lost, 2 could not compare.",
  ],
  run: async ({ output }, positionals, { out, environment }) => {
    const [older, newer, more] = positionals;
    if (older === undefined || newer === undefined || more !== undefined)
      throw new UsageError("reports-missing", "diff takes two reports: kubelet-conformance diff OLD.json NEW.json");
    const form = output ?? (out.isTTY ? "pretty" : "plain");
    const result = diffReports(await readReport(older), await readReport(newer));
    if (form === "json") out.write(`${printableJson(result, 2)}\n`);
    else if (form === "markdown") out.write(`${diffMarkdown(result)}\n`);
    else {
      const style = createStyle(form === "pretty" && wantsColours(out, environment));
      out.write(`${diffLines(result, style).join("\n")}\n`);
    }
    return hasLost(result) ? 1 : 0;
  },
});
