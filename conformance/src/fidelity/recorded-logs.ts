import type { StageRecording } from "./recording.ts";

/** What lay in a node's directory of logs, by path; null stands for a directory. */
export type LogTree = ReadonlyMap<string, string | null>;

/** What the kubelet and its runtime make themselves. */
const ofTheKubelet = /^(?:pods|containers)\//;

/** What lay in the recorded node's /var/log, as far as the recorded answers of /logs/ tell; `otherwise` where they list nothing. */
export function recordedLogs(stages: readonly StageRecording[], otherwise: LogTree): LogTree {
  const tree = new Map<string, string | null>();
  let isListed = false;
  const exchanges = stages.flatMap(({ results }) => Object.values(results));
  for (const { request, response } of exchanges) {
    const path = pathOf(request.path);
    if (path === undefined || request.method !== "GET" || "error" in response) continue;
    if (response.status !== 200 || typeof response.body !== "string") continue;
    const isDirectory = path === "" || path.endsWith("/");
    if (!isDirectory && request.headers === undefined && !request.path.includes("?")) tree.set(path, response.body);
    if (!isDirectory || !response.body.includes("<pre>\n")) continue;
    for (const name of namesIn(response.body)) tree.set(path + name, tree.get(path + name) ?? (name.endsWith("/") ? null : ""));
    isListed ||= path === "";
  }
  const all = isListed ? tree : new Map([...otherwise, ...tree]);
  return new Map([...all].filter(([path]) => !ofTheKubelet.test(path) && !path.split("/").some((name) => name === "." || name === "..")));
}

/** Below /logs/; undefined for another path. */
function pathOf(target: string): string | undefined {
  return /^\/logs\/((?:[A-Za-z0-9_.-]+\/)*[A-Za-z0-9_.-]*)(?:\?|$)/.exec(target)?.[1];
}

function namesIn(listing: string): string[] {
  return Array.from(listing.matchAll(/^<a href="([^"/]+\/?)">/gm), ([, name = ""]) => name).filter((name) => !name.includes("%"));
}
