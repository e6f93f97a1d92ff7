import type { PlainText } from "../messages/say.ts";
import type { Command } from "./command.ts";
import type { OptionTable } from "./options.ts";

/** The commands there are; each is loaded when it is used. */
export const commands: readonly { name: string; summary: PlainText; load(): Promise<Command> }[] = [
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
  {
    name: "diff",
    summary: "compare two reports: lost, gained, changed, new, gone",
    load: async () => plain((await import("./commands/diff.ts")).diff),
  },
  {
    name: "merge",
    summary: "join reports of many kubelets into one",
    load: async () => plain((await import("./commands/merge.ts")).merge),
  },
  { name: "inspect", summary: "look into a checkpoint archive", load: async () => plain((await import("./commands/inspect.ts")).inspect) },
  {
    name: "completion",
    summary: "print a script that completes commands in a shell",
    load: async () => plain((await import("./commands/completion.ts")).completion),
  },
];

/** Forgets the type of a command's table: readOptions() fills the values from that very table. */
function plain<Table extends OptionTable>(command: Command<Table>): Command {
  return command;
}
