import { UsageError } from "../errors.ts";
import type { Reporter } from "../report/terminal.ts";
import { jsonReporter, plainReporter, prettyReporter } from "../report/terminal.ts";
import type { Io } from "./command.ts";
import { didYouMean } from "./suggest.ts";

/** The reporter that `--output` names. Throws a UsageError that lists the forms. */
export function chooseReporter(form: string | undefined, { out, environment }: Io): Reporter {
  switch (form ?? (out.isTTY ? "pretty" : "plain")) {
    case "pretty":
      return prettyReporter(out, environment);
    case "plain":
      return plainReporter(out);
    case "json":
      return jsonReporter(out);
    default:
      throw new UsageError(
        "output-unknown",
        `--output ${form}: the forms are pretty, plain and json${didYouMean(form ?? "", ["pretty", "plain", "json"])}`,
      );
  }
}
