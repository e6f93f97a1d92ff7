import { printable } from "../engine/text.ts";
import type { Command, Io } from "./command.ts";
import type { OptionTable } from "./options.ts";

/** The commands there are; each is loaded when it is used. */
const commands: readonly { name: string; summary: string; load(): Promise<Command> }[] = [
  { name: "run", summary: "test one or many kubelets", load: async () => plain((await import("./commands/run.ts")).run) },
  {
    name: "testbed",
    summary: "start a kubelet between doubles, test all its branches, stop it",
    load: async () => plain((await import("./commands/testbed.ts")).testbed),
  },
  {
    name: "prove",
    summary: "run the suite against every deviation of the reference kubelet: which check kills which",
    load: async () => plain((await import("./commands/prove.ts")).prove),
  },
  { name: "list", summary: "list the requirements", load: async () => plain((await import("./commands/list.ts")).list) },
  {
    name: "explain",
    summary: "explain one requirement: text, sources, check, example, how to reproduce it",
    load: async () => plain((await import("./commands/explain.ts")).explain),
  },
  {
    name: "doctor",
    summary: "say what is wrong with kubelets and their nodes, whose it is and what to do",
    load: async () => plain((await import("./commands/doctor.ts")).doctor),
  },
  { name: "inspect", summary: "look into a checkpoint archive", load: async () => plain((await import("./commands/inspect.ts")).inspect) },
];

/** Forgets the type of a command's table: readOptions() fills the values from that very table. */
function plain<Table extends OptionTable>(command: Command<Table>): Command {
  return command;
}

/** Runs the command line and answers with the exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const debug = io.environment["KUBELET_CONFORMANCE_DEBUG"];
    if (debug && debug !== "0") io.err.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    else io.err.write(`kubelet-conformance: ${oneLine(error)}\n`);
    const detail = error instanceof Error && "detail" in error && Array.isArray(error.detail) ? error.detail : [];
    for (const line of detail) io.err.write(`  ${printable(String(line))}\n`);
    return 2;
  }
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
  if (rest.some((argument) => argument === "--help" || argument === "-h")) {
    const { commandHelp } = await import("./help.ts");
    io.out.write(commandHelp(command));
    return 0;
  }
  const { readOptions, requireKnownVariables, variablePrefix } = await import("./options.ts");
  // Most environments have none, and loading every command for its options takes time.
  if (Object.keys(io.environment).some((variable) => variable.startsWith(variablePrefix))) {
    const all = await Promise.all(commands.map((known) => known.load()));
    requireKnownVariables(
      all.map(({ options }) => options),
      io.environment,
    );
  }
  const { values, positionals } = await readOptions(command.options, rest, io.environment);
  return command.run(values, positionals, io);
}

/** Errors that carry a code are for the user as they are; any other is a defect of ours and says so. */
function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof Error && "code" in error && typeof error.code === "string" && /^[a-z]/.test(error.code);
  // It may quote what a kubelet sent.
  const first = printable(message.split("\n")[0] ?? "");
  return known ? first : `internal error: ${first}; set KUBELET_CONFORMANCE_DEBUG=1 to see where, and please report it`;
}
