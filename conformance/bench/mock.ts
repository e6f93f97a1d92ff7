import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { line, median, usageOf } from "./measure.ts";
import { requestsPerSecond } from "./requests.ts";

/** `npm run bench -- --mock`: the mock over TLS beside the stock Prism over plain HTTP, with the same document. */
const mock = fileURLToPath(new URL("../../packages/mock-server/bin/mock-kubelet.js", import.meta.url));
// It is the mock's dependency, not ours.
const prism = createRequire(mock).resolve("@stoplight/prism-cli");
const document = fileURLToPath(import.meta.resolve("@kubelet-conformance/spec/openapi/kubelet-1.37.json"));

const mockArgs = [mock, "--port", "0"];
const prismArgs = [prism, "mock", "--port", "0", "--host", "127.0.0.1", document];

interface Served {
  process: ChildProcess;
  url: string;
  /** Milliseconds from start to the line that names the address. */
  started: number;
}

async function serve(args: readonly string[]): Promise<Served> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const text of createInterface(child.stdout)) {
    const [url] = /https?:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
    if (url === undefined || !/ on /.test(text)) continue;
    child.stdout.resume();
    return { process: child, url, started: performance.now() - startedAt };
  }
  throw new Error(`node ${args.join(" ")} does not serve`);
}

async function stop({ process }: Served): Promise<void> {
  process.kill();
  await once(process, "exit");
}

async function startUp(args: readonly string[]): Promise<number> {
  const served = await serve(args);
  await stop(served);
  return served.started / 1000;
}

/** Requests for the pods per second, and MiB at most. */
async function load(args: readonly string[]): Promise<{ rate: number; peak: number }> {
  const served = await serve(args);
  try {
    const rate = await requestsPerSecond(`${served.url}/pods`, { headers: { Authorization: "Bearer t" } });
    return { rate, peak: (await usageOf(served.process.pid ?? 0))?.peak ?? Number.NaN };
  } finally {
    await stop(served);
  }
}

export async function benchMock(): Promise<void> {
  console.log(line("mock-kubelet, from start to its address", await median(5, () => startUp(mockArgs)), "s", { atMost: 0.15 }));
  const theirStart = await median(3, () => startUp(prismArgs));
  const ours = await load(mockArgs);
  const theirs = await load(prismArgs);
  console.log(line("mock-kubelet, GET /pods over TLS; Prism: over HTTP", ours.rate, "1/s", { atLeast: Math.round(theirs.rate) }));
  console.log(line("  memory after that, at most; Prism's", ours.peak, "MiB", { atMost: Math.round(theirs.peak) }));
  console.log(`        Prism: ${theirStart.toFixed(2)} s to start, ${Math.round(theirs.rate)} 1/s, ${theirs.peak.toFixed(0)} MiB`);
}
