import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { line, type Usage, usageOf } from "./measure.ts";

/** `npm run bench -- --fleet [--nodes N]`: reference kubelets in one process, all tested by one run in another; both on this machine. */
const runner = fileURLToPath(new URL("../bin/kubelet-conformance.js", import.meta.url));
const reference = fileURLToPath(new URL("../../packages/reference-server/bin/reference-kubelet.js", import.meta.url));

/** The goal, on a machine with two cores. */
const [goalNodes, mostSeconds, mostMebibytes] = [1000, 60, 1024];

export async function benchFleet(nodes: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "fleet-bench-"));
  const kubelets = spawn(process.execPath, [reference, "--nodes", String(nodes), "--servers-file", join(directory, "servers")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const startedAt = performance.now();
    const command = await commandOf(kubelets);
    const started = await usageOf(kubelets.pid ?? 0);
    console.log(
      `${nodes} reference kubelets: started in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${started?.cpu.toFixed(1)} s of processor time, ` +
        `${started?.peak.toFixed(0)} MiB; load of the machine ${loadavg()
          .map((load) => load.toFixed(1))
          .join(" ")}`,
    );
    await measure("--profile core", nodes, command, kubelets, ["--profile", "core"], directory);
    await measure("every profile", nodes, command, kubelets, [], directory);
  } finally {
    kubelets.kill();
    await once(kubelets, "exit");
    await rm(directory, { recursive: true, force: true });
  }
}

/** The command that the kubelets print, once they serve. */
async function commandOf({ stdout }: ChildProcess): Promise<string[]> {
  if (!stdout) throw new Error("it has no standard output");
  for await (const text of createInterface(stdout)) if (text.startsWith("kubelet-conformance ")) return text.split(" ").slice(1);
  throw new Error("the kubelets do not serve");
}

async function measure(
  what: string,
  nodes: number,
  command: readonly string[],
  kubelets: ChildProcess,
  more: readonly string[],
  directory: string,
): Promise<void> {
  const before = await usageOf(kubelets.pid ?? 0);
  const startedAt = performance.now();
  const run = spawn(
    process.execPath,
    [runner, ...command, ...more, "--output", "plain", "--report", `json=${join(directory, "fleet.json")}`],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  let used: Usage = { cpu: 0, peak: 0 };
  const ended = once(run, "exit");
  while (run.exitCode === null && run.signalCode === null) {
    used = (await usageOf(run.pid ?? 0)) ?? used;
    await Promise.race([delay(100), ended]);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await usageOf(kubelets.pid ?? 0);
  const cpu = (after?.cpu ?? 0) - (before?.cpu ?? 0);
  const [processors, peak] = [used.cpu + cpu, used.peak + (after?.peak ?? 0)];
  console.log(line(`fleet of ${nodes}, ${what}`, seconds, "s", { atMost: mostSeconds }));
  // Where others use the machine, too, the time on the clock says little of what we need.
  console.log(line("  processor time of both processes, on 2 cores", processors / 2, "s", { atMost: mostSeconds }));
  console.log(line("  memory of both processes, at most", peak, "MiB", { atMost: mostMebibytes }));
  console.log(
    `        run: ${used.cpu.toFixed(1)} s of processor time, ${used.peak.toFixed(0)} MiB; kubelets: ${cpu.toFixed(1)} s, ${after?.peak.toFixed(0)} MiB; ` +
      `exit code ${String(run.exitCode)}; load ${loadavg()[0]?.toFixed(1)}`,
  );
  if (nodes < goalNodes) return;
  const isReached = seconds <= mostSeconds && peak <= mostMebibytes;
  console.log(
    `goal: at most ${mostSeconds} s, ${mostMebibytes / 1024} GiB for ${goalNodes} kubelets: ${isReached ? "reached" : "not reached"}`,
  );
}
