import { createRequire } from "node:module";
import { get } from "node:https";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { type Program, startProgram, startSilent } from "./program.ts";

/** Prints the mock's figures beside those of the stock Prism command line, measured in turns. Never fails: timings are no tests. */
const bin = fileURLToPath(new URL("../bin/mock-kubelet.js", import.meta.url));
const document = fileURLToPath(import.meta.resolve("@kubelet-conformance/spec/openapi/kubelet-1.37.json"));
const prismBin = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
const startMock = (): Promise<Program> => startProgram([bin, "--port", "0"], /https:\/\/[\d.:]+/);
const startPrism = (): Promise<Program> =>
  // Its log of every request halves its throughput.
  startSilent((port) => [prismBin, "mock", "--port", `${port}`, "--host", "127.0.0.1", "--verboseLevel", "silent", document]);

interface Request {
  what: string;
  method?: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  status: number;
}
const requests: readonly Request[] = [
  { what: "GET /healthz", path: "/healthz", status: 200 },
  { what: "GET /pods", path: "/pods", status: 200 },
  {
    what: "a 404 by Prefer",
    method: "POST",
    path: "/checkpoint/default/absent/app",
    headers: { Prefer: "code=404, example=unknown-pod" },
    status: 404,
  },
];

const starts: { ready: number; answered: number }[] = [];
for (let count = 0; count < 7; count++) {
  const startedAt = performance.now();
  const program = await startMock();
  await firstAnswer(`${program.url}/healthz`);
  starts.push({ ready: program.ready, answered: performance.now() - startedAt });
  await program.stop();
}
row("start, process to ready", median(starts.map(({ ready }) => ready)), "ms", { atMost: 150 });
row("start, process to first answer over TLS", median(starts.map(({ answered }) => answered)), "ms", { atMost: 1000 });

const mock = await startMock();
const prism = await startPrism();
try {
  for (const request of requests) {
    // In turns, so that a machine that becomes busier is so for both.
    const rounds = [];
    for (let count = 0; count < 3; count++) rounds.push({ mock: await rate(mock, request), prism: await rate(prism, request) });
    const prismRate = median(rounds.map((round) => round.prism));
    row(`${request.what}, mock over TLS`, median(rounds.map((round) => round.mock)), "1/s", { atLeast: prismRate });
    console.log(`        ${`${request.what}, stock Prism over HTTP`.padEnd(44)} ${shown(prismRate)} 1/s`);
  }
  row("memory after that, mock", mock.memory() ?? Number.NaN, "MiB", { atMost: prism.memory() ?? Number.NaN });
  console.log(`        ${"memory after that, stock Prism".padEnd(44)} ${shown(prism.memory() ?? Number.NaN)} MiB`);
} finally {
  await mock.stop();
  await prism.stop();
}

/** Requests per second over ten kept connections. Throws when an answer is another one than was asked for. */
async function rate({ url }: Program, { method = "GET", path, headers = {}, status }: Request): Promise<number> {
  const result = await autocannon({
    url: `${url}${path}`,
    method,
    connections: 10,
    duration: 3,
    // Prism wants credentials where the spec does.
    headers: { Authorization: "Bearer token", ...headers },
  });
  const others = Object.keys(result.statusCodeStats).filter((code) => code !== String(status));
  if (others.length > 0 || result.errors > 0) throw new Error(`${url}${path}: ${others.join(", ")}, ${result.errors} errors`);
  return result.requests.average;
}

/** The certificate is made for the run, and says nothing here. */
function firstAnswer(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false, agent: false }, (response) => response.resume().once("end", resolve)).once("error", reject);
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(what: string, value: number, unit: string, goal: { atMost: number } | { atLeast: number }): void {
  const met = "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
  const wanted = "atMost" in goal ? `at most ${shown(goal.atMost).trim()}` : `at least ${shown(goal.atLeast).trim()}`;
  console.log(`${met ? "met   " : "missed"}  ${what.padEnd(44)} ${shown(value)} ${unit.padEnd(4)} (${wanted})`);
}

function shown(value: number): string {
  return Math.round(value).toLocaleString("en").padStart(8);
}
