import { createRequire } from "node:module";
import { get } from "node:https";
import { fileURLToPath } from "node:url";
import { line, median, middleOf, usageOf } from "./measure.ts";
import { type Program, startProgram, startSilent } from "./program.ts";
import { requestsPerSecond } from "./requests.ts";

const bin = fileURLToPath(new URL("../../packages/mock-server/bin/mock-kubelet.js", import.meta.url));
// It is the mock's dependency, not ours.
const prismBin = createRequire(bin).resolve("@stoplight/prism-cli");
const document = fileURLToPath(import.meta.resolve("@kubelet-conformance/spec/openapi/kubelet-1.37.json"));

const startMock = (): Promise<Program> => startProgram([bin, "--port", "0"], /https:\/\/[\d.:]+/);
// Its log of every request halves its throughput.
const startPrism = (): Promise<Program> =>
  startSilent((port) => [prismBin, "mock", "--port", `${port}`, "--host", "127.0.0.1", "--verboseLevel", "silent", document]);

/** `npm run bench -- --mock`: the mock over TLS beside the stock Prism command line over plain HTTP, with the same document. */
export async function benchMock(): Promise<void> {
  const ready = await median(7, () => startUp(() => Promise.resolve()));
  console.log(line("mock-kubelet, from start to its address", ready, "s", { atMost: 0.15 }));
  const answered = await median(7, () => startUp(({ url }) => firstAnswer(`${url}/healthz`)));
  console.log(line("  to the first answer over TLS", answered, "s", { atMost: 1 }));

  const mock = await startMock();
  const prism = await startPrism();
  try {
    for (const path of ["/healthz", "/pods"]) await compare(mock, prism, path);
    const [ours, theirs] = [(await usageOf(mock.pid))?.peak ?? Number.NaN, (await usageOf(prism.pid))?.peak ?? Number.NaN];
    console.log(line("memory after that, at most; Prism's", ours, "MiB", { atMost: Math.round(theirs) }));
  } finally {
    await mock.stop();
    await prism.stop();
  }
}

async function startUp(use: (program: Program) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const program = await startMock();
  await use(program);
  const seconds = (performance.now() - startedAt) / 1000;
  await program.stop();
  return seconds;
}

/** In turns, so that a machine that becomes busier is so for both. */
async function compare(mock: Program, prism: Program, path: string): Promise<void> {
  // Prism wants credentials where the spec does.
  const headers = { Authorization: "Bearer token" };
  const rates: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < 3; round++) {
    const ours = await requestsPerSecond(`${mock.url}${path}`, { headers });
    rates.push({ ours, theirs: await requestsPerSecond(`${prism.url}${path}`, { headers }) });
  }
  const theirs = middleOf(rates.map((rate) => rate.theirs));
  console.log(
    line(`GET ${path}, mock over TLS; Prism over HTTP`, middleOf(rates.map((rate) => rate.ours)), "1/s", { atLeast: Math.round(theirs) }),
  );
}

/** The certificate is made for the run, and says nothing here. */
function firstAnswer(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false, agent: false }, (response) => response.resume().once("end", resolve)).once("error", reject);
  });
}
