import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CliResult } from "../cli/cli.support.ts";
import type { Report } from "../report/report.ts";

/** What came of a run in another process. */
export interface Ended {
  /** Null: it did not end by itself. */
  code: number | null;
  out: string;
  err: string;
  /** The most memory that its process ever held. */
  residentMiB: number;
  seconds: number;
  /** What keeps its process from its end. */
  open: readonly string[];
  /** The json report, where one was written. */
  report: Report | undefined;
  /** All that it wrote. */
  everything: string;
}

/** Runs `kubelet-conformance run`; what is not over after `limitMs` is killed. */
export interface Runner {
  run(args: readonly string[], options: { limitMs: number; alone: boolean }): Promise<Ended>;
  /** Ends the processes. */
  close(): Promise<void>;
}

/** A machine whose kubelet is tested has better uses for its memory. */
const flags = ["--conditions=@kubelet-conformance/source", "--max-old-space-size=512"];

type Raw = CliResult & { residentKiB: number; open: readonly string[] };

/** `width` processes run one thing at a time each. */
export function startRunner(directory: string, width: number): Runner {
  const idle: ChildProcess[] = [];
  const waiting: (() => void)[] = [];
  let free = width;
  const env = { ...process.env, NODE_COMPILE_CACHE: join(directory, "compiled"), LANG: "C" };
  const start = (): ChildProcess =>
    fork(fileURLToPath(new URL("./worker.support.ts", import.meta.url)), {
      execArgv: flags,
      env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  const inWorker = async (args: readonly string[], limitMs: number): Promise<Raw | undefined> => {
    const worker = idle.pop() ?? start();
    const over = new AbortController();
    const alarm = setTimeout(() => worker.kill("SIGKILL"), limitMs);
    worker.send(args);
    const [result]: unknown[] = await Promise.race([once(worker, "message", over), once(worker, "exit", over).then(() => [undefined])]);
    over.abort();
    clearTimeout(alarm);
    if (result !== undefined) idle.push(worker);
    // Ours, from the worker.
    return result as Raw | undefined;
  };
  return {
    run: async (args, { limitMs, alone }) => {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      else free--;
      const file = join(directory, `${crypto.randomUUID()}.json`);
      const startedAt = performance.now();
      const all = ["run", ...args, "--report", `json=${file}`];
      const raw = await (alone ? asProgram(all, limitMs, env) : inWorker(all, limitMs));
      const next = waiting.shift();
      if (next) next();
      else free++;
      const written = await readFile(file, "utf8").catch(() => "");
      const { code = null, out = "", err = "", residentKiB = 0, open = [] } = raw ?? {};
      return {
        code,
        out,
        err,
        open,
        residentMiB: residentKiB / 1024,
        seconds: (performance.now() - startedAt) / 1000,
        // The runner's own; its schema has a test.
        report: written === "" ? undefined : (JSON.parse(written) as Report),
        everything: [out, err, written].join("\n"),
      };
    },
    close: async () => {
      await Promise.all(
        idle.map((worker) => {
          const ended = once(worker, "exit");
          worker.disconnect();
          return ended;
        }),
      );
    },
  };
}

const bin = fileURLToPath(new URL("../cli/bin.ts", import.meta.url));
const measure = 'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));';

async function asProgram(args: readonly string[], limitMs: number, env: NodeJS.ProcessEnv): Promise<Raw | undefined> {
  const child = spawn(process.execPath, [...flags, "--import", `data:text/javascript,${encodeURIComponent(measure)}`, bin, ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env,
  });
  const ended = once(child, "close");
  const alarm = setTimeout(() => child.kill("SIGKILL"), limitMs);
  const pieces: Buffer[][] = [[], [], [], []];
  for (const [index, stream] of child.stdio.entries()) stream?.on("data", (piece: Buffer) => pieces[index]?.push(piece));
  const [code]: unknown[] = await ended;
  clearTimeout(alarm);
  const [, out = "", err = "", resident = ""] = pieces.map((parts) => Buffer.concat(parts).toString());
  return typeof code === "number" ? { code, out, err, open: [], residentKiB: Number(resident) } : undefined;
}
