import type { Reporter } from "../report/terminal.ts";
import { jsonReporter, plainReporter, prettyReporter } from "../report/terminal.ts";
import type { Io } from "./command.ts";

/** The reporter that `--output` names; default: pretty on a terminal, else plain. */
export function chooseReporter(form: "pretty" | "plain" | "json" | undefined, { out, environment }: Io): Reporter {
  switch (form ?? (out.isTTY ? "pretty" : "plain")) {
    case "pretty":
      return prettyReporter(out, environment);
    case "plain":
      return plainReporter(out);
    case "json":
      return jsonReporter(out);
  }
}
