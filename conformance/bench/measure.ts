import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

/** Runs a Node.js program to its end. Milliseconds from start to exit; throws when the exit code is not one of those expected. */
export async function timeNode(args: readonly string[], expected: readonly number[] = [0]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const [code]: unknown[] = await once(child, "exit");
  if (typeof code !== "number" || !expected.includes(code)) throw new Error(`node ${args.join(" ")} ended with ${String(code)}`);
  return performance.now() - startedAt;
}

/** The median of several measurements: a busy machine makes single ones worthless. */
export async function median(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let count = 0; count < times; count++) values.push(await measure());
  return middleOf(values);
}

/** Of several figures the one in the middle. */
export function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** One line of the table: what was measured, the figure, the goal, and whether it is met. */
export function line(what: string, value: number, unit: string, goal: { atMost: number } | { atLeast: number }): string {
  const met = "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
  const wanted = "atMost" in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
  const shown = value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2);
  return `${met ? "met   " : "missed"}  ${what.padEnd(58)} ${shown.padStart(8)} ${unit.padEnd(4)} (${wanted})`;
}

export interface Usage {
  /** Seconds of processor time so far. */
  cpu: number;
  /** MiB at most so far. */
  peak: number;
}

/** What the kernel says of a process (Linux). */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  const [stat, status] = await Promise.all(["stat", "status"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "")));
  const fields = (stat ?? "").slice((stat ?? "").lastIndexOf(")") + 2).split(" ");
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status ?? "")?.[1];
  // Clock ticks are hundredths of a second wherever Node.js runs.
  return peak === undefined ? undefined : { cpu: (Number(fields[11]) + Number(fields[12])) / 100, peak: Number(peak) / 1024 };
}
