import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A server in a process of its own. */
export interface Program {
  url: string;
  /** Milliseconds from spawn to the line that has the URL. */
  ready: number;
  /** Resident memory now, MiB; undefined where there is no /proc. */
  memory(): number | undefined;
  stop(): Promise<void>;
}

/** Starts a Node.js program that prints the URL it listens on. */
export async function startProgram(args: readonly string[], url: RegExp): Promise<Program> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = url.exec(line)?.[0];
    if (found === undefined) continue;
    child.stdout.resume();
    return { url: found, ready: performance.now() - startedAt, memory: () => residentMemory(child), stop: () => stop(child) };
  }
  throw new Error(`${args[0]} ended before it listened`);
}

function residentMemory({ pid }: ChildProcess): number | undefined {
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill();
  await ended;
}
