import { printable } from "../engine/text.ts";
import { say, useLanguage } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import type { Io } from "./command.ts";
import { commands } from "./commands.ts";

/** Runs the command line and answers with the exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    await speak(args, io);
    return await dispatch(withoutLeadingLanguage(args), io);
  } catch (error) {
    const debug = io.environment["KUBELET_CONFORMANCE_DEBUG"];
    if (debug && debug !== "0") io.err.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    else io.err.write(`kubelet-conformance: ${oneLine(error)}\n`);
    const detail = error instanceof Error && "detail" in error && Array.isArray(error.detail) ? error.detail : [];
    for (const line of detail) io.err.write(`  ${printable(String(line))}\n`);
    return 2;
  }
}

/** `--lang zh list` is as good as `list --lang zh`. */
function withoutLeadingLanguage(args: readonly string[]): readonly string[] {
  const [first, second, ...rest] = args;
  if (first?.startsWith("--lang=")) return [...args.slice(1), first];
  return first === "--lang" && second !== undefined ? [...rest, first, second] : args;
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--version" || name === "version") {
    const { suiteVersion } = await import("../version.ts");
    io.out.write(`kubelet-conformance ${suiteVersion()}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
    const { programHelp } = await import("./help.ts");
    (args.length === 0 ? io.err : io.out).write(programHelp(commands));
    return args.length === 0 ? 2 : 0;
  }
  if (name === "help") return dispatch([...rest, "--help"], io);
  const entry = commands.find((candidate) => candidate.name === name);
  if (!entry) {
    const [{ UsageError }, { didYouMean }] = await Promise.all([import("../errors.ts"), import("./suggest.ts")]);
    const names = commands.map((candidate) => candidate.name);
    throw new UsageError(
      "command-unknown",
      `there is no command "${name}"${didYouMean(name, names) || `; the commands are ${names.join(", ")}`}`,
    );
  }
  const command = await entry.load();
  // What stands behind -- is not ours, and completion must hear of such flags.
  const own = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : rest.length);
  const all = own.includes("--help-all");
  if (all || own.includes("--help") || own.includes("-h")) {
    const { commandHelp } = await import("./help.ts");
    io.out.write(commandHelp(command, { all, columns: io.out.columns }));
    return 0;
  }
  const { readOptions, requireKnownVariables, variablePrefix } = await import("./options.ts");
  // Most environments have none, and loading every command for its options takes time.
  if (Object.keys(io.environment).some((variable) => variable.startsWith(variablePrefix))) {
    const loaded = await Promise.all(commands.map((known) => known.load()));
    requireKnownVariables(
      loaded.map(({ options }) => options),
      io.environment,
    );
  }
  const { values, lang, positionals } = await readOptions(command.options, rest, io.environment);
  // A configuration file may name it, too.
  if (lang !== undefined) await speakAs(lang, io);
  return command.run(values, positionals, io);
}

/** Help and refusals are to be in the user's language as well, hence this before anything else is read. */
async function speak(args: readonly string[], io: Io): Promise<void> {
  useLanguage("en");
  const at = args.findIndex((argument) => argument === "--lang" || argument.startsWith("--lang="));
  const flag = args[at]?.startsWith("--lang=") ? args[at].slice("--lang=".length) : at < 0 ? undefined : args[at + 1];
  await speakAs(flag ?? io.environment["KUBELET_CONFORMANCE_LANG"], io);
}

async function speakAs(flag: string | undefined, { environment }: Io): Promise<void> {
  const { chooseLanguage } = await import("../messages/language.ts");
  useLanguage(chooseLanguage(flag || undefined, environment));
}

/** Errors that carry a code are for the user as they are; any other is a defect of ours and says so. */
function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof Error && "code" in error && typeof error.code === "string" && /^[a-z]/.test(error.code);
  // It may quote what a kubelet sent.
  const first = printable(translated(message.split("\n")[0] ?? ""));
  return known
    ? first
    : say("internal error: {message}; set KUBELET_CONFORMANCE_DEBUG=1 to see where, and please report it", { message: first });
}
