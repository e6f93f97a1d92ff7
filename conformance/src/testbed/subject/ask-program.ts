import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { foreignEnvironment } from "@kubelet-conformance/control-plane";

export interface AskOptions {
  limitMs: number;
  signal?: AbortSignal | undefined;
}

/** What a program said in the end; `silent`: it had not ended within the limit. */
export type ProgramAnswer = { code: number | null; signal: NodeJS.Signals | null; output: string; errors: string } | "silent";

/** More than any answer that is meant to be read. */
const keptCharacters = 65_536;

/**
 * Runs a program that should answer and end. Whatever it does, it and all it started in its process group are gone afterwards. Rejects
 * with the system's error where it cannot be run, and with the signal's reason.
 */
export function askProgram(path: string, args: readonly string[], { limitMs, signal }: AskOptions): Promise<ProgramAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(reasonOf(signal));
    // A script that asks for `node` gets this one.
    const env = { ...foreignEnvironment(), PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
    const child = spawn(path, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const end = (): void => endGroup(child);
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      process.off("exit", end);
      end();
      // One that left the group may hold the other ends.
      child.stdout.destroy();
      child.stderr.destroy();
      outcome();
    };
    const stop = (): void => settle(() => reject(signal && reasonOf(signal)));
    const timer = setTimeout(() => settle(() => resolve("silent")), limitMs);
    signal?.addEventListener("abort", stop, { once: true });
    process.once("exit", end);
    let [output, errors] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(0, keptCharacters)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(0, keptCharacters)));
    child.once("error", (error) => settle(() => reject(error)));
    // Not to wait for what it leaves behind.
    child.once("exit", end);
    child.once("close", (code, by) => settle(() => resolve({ code, signal: by, output, errors })));
  });
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}
