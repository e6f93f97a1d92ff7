import type { CommandLine } from "../options.ts";
import { readNamed } from "../read-file.ts";
import type { TlsOption } from "../certificate.ts";
import { UsageError } from "../usage-error.ts";
import { createKubeletProxy } from "./kubelet-proxy.ts";
import type { ProxyLine } from "./proxy-line.ts";
import type { UpstreamOptions } from "./upstream.ts";

/** The command with `--proxy`; runs until a signal comes, and says then what there was. Ends with 1 where a recording is not whole. */
export async function runProxy(line: ProxyLine, { port, host, kubernetesVersion, http }: CommandLine, tls: TlsOption): Promise<void> {
  const proxy = await createKubeletProxy({
    upstream: upstreamOf(line),
    port,
    host,
    tls,
    allowedOrigins: line.allowedOrigins,
    ...(line.har === undefined ? {} : { har: line.har }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    say: (text) => void process.stdout.write(`${text}\n`),
  });
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    const { text, isRecordingLost } = await proxy.close();
    process.stdout.write(`${text}\n`);
    // Whoever asked for it goes on with it.
    if (isRecordingLost) process.exitCode = 1;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  process.stdout.write(`mock-kubelet on ${proxy.url} for ${line.url}, Kubernetes ${proxy.kubernetesVersion}
  curl${http ? "" : " --insecure"} ${proxy.url}/pods
`);
}

function upstreamOf({ url, tokenFile, clientCertificate, certificateAuthority, insecureSkipTlsVerify }: ProxyLine): UpstreamOptions {
  const identity = clientCertificate && {
    cert: readNamed(clientCertificate.cert, "--client-certificate"),
    key: readNamed(clientCertificate.key, "--client-key"),
  };
  return {
    url,
    insecureSkipTlsVerify,
    ...(tokenFile === undefined ? {} : { token: readToken(tokenFile) }),
    ...(identity ? { clientCertificate: identity } : {}),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority: readNamed(certificateAuthority, "--certificate-authority") }),
  };
}

function readToken(file: string): string {
  const token = readNamed(file, "--token-file", "a file with a bearer token").trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError(`--token-file ${file} holds no token; it must be one word`);
  return token;
}
