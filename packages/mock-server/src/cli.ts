import type { TlsOption } from "./certificate.ts";
import { HarError } from "./har/har-error.ts";
import { help } from "./help.ts";
import { FileError } from "./located-document.ts";
import { MockError } from "./mock-error.ts";
import { createMockKubelet } from "./mock-kubelet.ts";
import { type CommandLine, readCommandLine } from "./options.ts";
import { ProxyError } from "./proxy/proxy-error.ts";
import { programVersion } from "./program-version.ts";
import { readNamed } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

/** The command `mock-kubelet`; runs until a signal comes. */
export async function main(args: string[]): Promise<void> {
  // What reads the output may have seen enough (`| head`); requests are answered, and recorded, all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    const line = readCommandLine(args);
    if (line.help) return void process.stdout.write(help(line.help));
    if (line.version) return void process.stdout.write(`mock-kubelet ${programVersion()}\n`);
    const tls = readTls(line);
    if (line.proxy) return await (await import("./proxy/run-proxy.ts")).runProxy(line.proxy, line, tls);
    if (line.replay !== undefined) return await (await import("./replay/run-replay.ts")).runReplay(line.replay, line, tls);
    await serve(line, tls);
  } catch (error) {
    if (!(error instanceof Error && expected.some((kind) => error instanceof kind))) throw error;
    process.stderr.write(`mock-kubelet: ${error.message}\n`);
    process.exitCode = 2;
  }
}

const expected = [UsageError, MockError, FileError, HarError, ProxyError];

async function serve(line: CommandLine, tls: TlsOption): Promise<void> {
  const { port, host, cors, strict, watch, scenario, kubernetesVersion, seed, spec, http } = line;
  const mock = await createMockKubelet({
    port,
    host,
    cors,
    strict,
    watch,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(scenario === undefined ? {} : { scenarios: scenario }),
    ...(seed === undefined ? {} : { seed }),
    ...(spec === undefined ? {} : { spec }),
    tls,
    onReload: (news) => void process.stderr.write(`mock-kubelet: ${news}\n`),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void mock.close());
  const { url } = mock;
  const curl = `curl --include${http ? "" : " --insecure"}`;
  process.stdout.write(`mock-kubelet ${mock.kubernetesVersion} on ${url}${mock.scenario === undefined ? "" : `, scenario ${mock.scenario}`}
  ${curl} ${url}/pods
  ${curl} --request POST --header 'Prefer: code=404, example=unknown-pod' ${url}/checkpoint/default/p/c
  every example:               ${url}/
  scenarios and last requests: ${url}/_mock/
`);
}

function readTls({ tlsFiles, http }: CommandLine): TlsOption {
  if (!tlsFiles) return http ? false : undefined;
  return { cert: readNamed(tlsFiles.cert, "--tls-cert-file"), key: readNamed(tlsFiles.key, "--tls-private-key-file") };
}
