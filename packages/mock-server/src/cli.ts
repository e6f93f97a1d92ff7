import { readFileSync } from "node:fs";
import { FileError } from "./located-document.ts";
import { MockError } from "./mock-error.ts";
import { createMockKubelet, type MockOptions } from "./mock-kubelet.ts";
import { type CommandLine, help, readCommandLine, UsageError } from "./options.ts";

/** The command `mock-kubelet`; runs until a signal comes. */
export async function main(args: string[]): Promise<void> {
  try {
    const line = readCommandLine(args);
    if (line.help) return void process.stdout.write(help());
    await serve(line);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof MockError || error instanceof FileError)) throw error;
    process.stderr.write(`mock-kubelet: ${error.message}\n`);
    process.exitCode = 2;
  }
}

async function serve({ scenario, kubernetesVersion, seed, spec, tlsFiles, http, ...rest }: CommandLine): Promise<void> {
  const tls: MockOptions["tls"] = tlsFiles
    ? { cert: read(tlsFiles.cert, "--tls-cert-file"), key: read(tlsFiles.key, "--tls-private-key-file") }
    : false;
  const mock = await createMockKubelet({
    ...rest,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(scenario === undefined ? {} : { scenarios: scenario }),
    ...(seed === undefined ? {} : { seed }),
    ...(spec === undefined ? {} : { spec }),
    ...(tlsFiles || http ? { tls } : {}),
    onReload: (line) => void process.stderr.write(`mock-kubelet: ${line}\n`),
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

function read(path: string, flag: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "does not exist" : "cannot be read";
    throw new UsageError(`${flag} ${path} ${reason}; give a PEM file`, { cause });
  }
}
