import type { TlsOption } from "../certificate.ts";
import type { CommandLine } from "../options.ts";
import { createReplayKubelet } from "./replay-kubelet.ts";

/** The command with `--replay`; runs until a signal comes. */
export async function runReplay(file: string, { port, host, cors, http }: CommandLine, tls: TlsOption): Promise<void> {
  const replay = await createReplayKubelet({ file, port, host, cors, tls });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void replay.close());
  process.stdout.write(`mock-kubelet on ${replay.url}, ${replay.answers} ${replay.answers === 1 ? "answer" : "answers"} of ${file}
  what it has: curl${http ? "" : " --insecure"} ${replay.url}/
`);
}
