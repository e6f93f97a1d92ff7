import { readFileSync } from "node:fs";
import { MockError, type MockOptions, startMock } from "./mock.ts";
import { type CommandLine, help, readCommandLine, UsageError } from "./options.ts";

/** The command `mock-kubelet`; runs until a signal comes. */
export async function main(args: string[]): Promise<void> {
  try {
    const line = readCommandLine(args);
    if (line.help) return void process.stdout.write(help());
    await serve(line);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof MockError)) throw error;
    process.stderr.write(`mock-kubelet: ${error.message}\n`);
    process.exitCode = 2;
  }
}

async function serve({ port, host, kubernetesVersion, tlsFiles, http, cors }: CommandLine): Promise<void> {
  const tls: MockOptions["tls"] = tlsFiles
    ? { cert: read(tlsFiles.cert, "--tls-cert-file"), key: read(tlsFiles.key, "--tls-private-key-file") }
    : false;
  const mock = await startMock({
    port,
    host,
    cors,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(tlsFiles || http ? { tls } : {}),
  });
  const curl = `curl --include${http ? "" : " --insecure"}`;
  process.stdout.write(`mock-kubelet ${mock.kubernetesVersion} on ${mock.url}
  ${curl} ${mock.url}/pods
  ${curl} --request POST --header 'Prefer: code=404, example=unknown-pod' ${mock.url}/checkpoint/default/p/c
  every example: ${mock.url}/
`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void mock.stop());
}

function read(path: string, flag: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "does not exist" : "cannot be read";
    throw new UsageError(`${flag} ${path} ${reason}; give a PEM file`, { cause });
  }
}
