import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { TargetError } from "../../errors.ts";
import { foreignEnvironment } from "@kubelet-conformance/control-plane";

/** A kubelet program that runs. */
export interface KubeletProcess {
  /** Aborts once it has ended, with a TargetError that quotes its last words. */
  readonly ended: AbortSignal;
  /** The last lines it wrote. */
  readonly log: () => readonly string[];
  /** Does the work while the kubelet does nothing. */
  readonly halted: <T>(work: () => Promise<T>) => Promise<T>;
  /** Asks it to end, and makes it after five seconds. Resolves once it has. */
  stop(): Promise<void>;
}

/** Enough to hold a stack trace, or the reason why a pod does not start. */
const keptLines = 400;
const patienceMs = 5_000;

/** `variables` are added to this process's own environment. */
export function startProcess(program: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): KubeletProcess {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...environment(), ...variables } });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on("line", (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.splice(0, keptLines / 2);
    });
  }
  const ended = new AbortController();
  let stopping = false;
  child.once("error", (error) => ended.abort(new TargetError("kubelet-not-started", `${program} cannot be run: ${error.message}`)));
  child.once("close", (code, signal) => {
    const how = stopping ? "was stopped" : code === null ? `was ended by ${signal}` : `ended by itself with exit code ${code}`;
    ended.abort(new TargetError("kubelet-ended", `the kubelet ${how}: ${lastWords(lines)}`, { detail: lines.slice(-20) }));
  });
  return {
    ended: ended.signal,
    log: () => lines,
    halted: async (work) => {
      child.kill("SIGSTOP");
      try {
        return await work();
      } finally {
        child.kill("SIGCONT");
      }
    },
    stop: async () => {
      stopping = true;
      await end(child, ended.signal);
    },
  };
}

async function end(child: ChildProcess, ended: AbortSignal): Promise<void> {
  if (ended.aborted) return;
  const over = once(ended, "abort");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await over;
  clearTimeout(timer);
}

/** Scripts that ask for `node` get this one; kubelets look for `mount` and `umount`. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...foreignEnvironment(),
    PATH: [dirname(process.execPath), process.env["PATH"], "/usr/sbin", "/sbin"].filter(Boolean).join(":"),
  };
}

/** What a log says about the end: klog's errors begin with E or F and a date, cobra's with `Error:`. */
function lastWords(lines: readonly string[]): string {
  const telling = lines.findLast(
    (line) => /^[EF]\d{4} .*(run\.go|server\.go|"command failed")/.test(line) || /^(Error|panic|[\w-]+):/.test(line),
  );
  const line = telling ?? lines.findLast((candidate) => candidate.trim() !== "");
  return line?.replace(/^[EF]\d{4} \S+ +\d+ /, "") ?? "without a word";
}
