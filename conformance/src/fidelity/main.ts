import { FidelityInputError } from "./errors.ts";
import { help, readOptions } from "./options.ts";
import { runFidelity } from "./run.ts";

const interrupted = new AbortController();
const interrupt = () => interrupted.abort(new FidelityInputError("interrupted", "interrupted"));
process.once("SIGINT", interrupt);
process.once("SIGTERM", interrupt);
// Whoever read the output has gone, e.g. `| head`.
process.stdout.on("error", interrupt);

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(help);
  } else {
    const total = await runFidelity(options, (line) => process.stdout.write(`${line}\n`), interrupted.signal);
    process.exitCode = total.differ > 0 ? 1 : 0;
  }
} catch (error) {
  process.stderr.write(
    error instanceof FidelityInputError
      ? `fidelity: ${error.message}\n`
      : `fidelity: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = interrupted.signal.aborted ? 130 : 2;
}
