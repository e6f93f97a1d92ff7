import { link, stat } from "node:fs/promises";
import type { RuntimeClient } from "@kubelet-conformance/cri";

/** Names each log by a link of its own to the present file: who reads on there never sees what has taken the name over since. */
export function keepingLogFiles(client: RuntimeClient): RuntimeClient {
  const containerStatus: RuntimeClient["runtime"]["containerStatus"] = async (...call) => {
    const answer = await client.runtime.containerStatus(...call);
    if (answer.status !== undefined) answer.status.logPath = await keptName(answer.status.logPath);
    return answer;
  };
  return { ...client, runtime: { ...client.runtime, containerStatus } };
}

/** The same name as long as it is the same file; that of a log that is not there stays as it is. */
async function keptName(path: string): Promise<string> {
  try {
    const kept = `${path}.${(await stat(path)).ino}`;
    await link(path, kept).catch(ignoreExisting);
    return kept;
  } catch {
    return path;
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}
