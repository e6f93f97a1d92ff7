import { behaviour } from "@kubelet-conformance/types";
import { quote } from "../http/bytes.ts";
import { httpError, plain, typedText } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import type { KubeletState } from "../state.ts";
import type { RouteHandler } from "./route-handler.ts";

const allGood = typedText("ok");
const good = plain(200, "ok");

/** Names of the checks on 10250 and 10255. */
export function healthCheckNames(minor: string): readonly string[] {
  return behaviour("health-checks", minor);
}

/** GET /healthz with the checks of the main and the read-only listener. */
export const getHealthz: RouteHandler = ({ kubelet, target }) => runChecks(kubelet, healthCheckNames(kubelet.minor), target.rawQuery);

/** /healthz of the healthz listener: only that the process answers. */
export const getHealthzOfPort: RouteHandler = ({ kubelet, target }) => runChecks(kubelet, ["ping"], target.rawQuery);

/** /healthz/<name>. */
function single(name: string): RouteHandler {
  return ({ kubelet }) => {
    const reason = failureOf(name, kubelet);
    return reason === undefined ? good : httpError(500, `internal server error: ${reason}`);
  };
}

export const getHealthzPing = single("ping");
export const getHealthzLog = single("log");
export const getHealthzSyncLoop = single("syncloop");
export const getHealthzDevicePlugin = single("device-plugin");

function runChecks(kubelet: KubeletState, names: readonly string[], rawQuery: string): KubeletAnswer {
  const query = parseQuery(rawQuery);
  const excluded = new Set(query.values("exclude"));
  const lines: string[] = [];
  let failures = 0;
  for (const name of names) {
    if (excluded.delete(name)) {
      lines.push(`[+]${name} excluded: ok\n`);
      continue;
    }
    const isHealthy = failureOf(name, kubelet) === undefined;
    kubelet.healthChecks.record(name, isHealthy);
    if (!isHealthy) failures++;
    lines.push(isHealthy ? `[+]${name} ok\n` : `[-]${name} failed: reason withheld\n`);
  }
  if (excluded.size > 0) {
    const unknown = [...excluded].map(quote).toSorted().join(",");
    lines.push(`warn: some health checks cannot be excluded: no matches for ${unknown}\n`);
  }
  if (failures > 0) return httpError(500, `${lines.join("")}healthz check failed`);
  if (query.first("verbose") === undefined) return allGood;
  return typedText(`${lines.join("")}healthz check passed\n`);
}

/** Max of five minutes and twice the resync interval (pkg/kubelet/server/server.go syncLoopHealthCheck). */
const syncLoopLimitMs = 5 * 60_000;

/** Why a check fails; undefined when it holds. Here nothing can block the log or break the device plugin server. */
function failureOf(name: string, { pods }: KubeletState): string | undefined {
  if (name !== "syncloop" || pods.states.length === 0) return undefined;
  return Date.now() - pods.lastSync > syncLoopLimitMs ? "sync Loop took longer than expected" : undefined;
}
