import { grpcErrorText } from "@kubelet-conformance/cri";
import { behaviour } from "@kubelet-conformance/types";
import { gzipSync } from "node:zlib";
import { httpError, plain } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { cadvisorFamilies } from "../metrics/cadvisor-families.ts";
import { expose, type Family } from "../metrics/exposition.ts";
import { kubeletFamilies, processStartFamily } from "../metrics/kubelet-families.ts";
import { nodeUsage } from "../metrics/node-usage.ts";
import { resourceFamilies } from "../metrics/resource-families.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

/** /metrics. */
export const getMetrics: RouteHandler = (context) => answer(kubeletFamilies(context.kubelet), context);

/** /metrics/cadvisor. */
export const getMetricsCadvisor: RouteHandler = (context) =>
  withUsage(context, async () => cadvisorFamilies(await nodeUsage(context.kubelet)));

/** /metrics/resource. */
export const getMetricsResource: RouteHandler = (context) =>
  withUsage(context, async () => resourceFamilies(await nodeUsage(context.kubelet), context.kubelet.minor));

/** /metrics/probes: there are no probes here, so there is nothing to tell of them. */
export const getMetricsProbes: RouteHandler = (context) => {
  const { minor, startedAt } = context.kubelet;
  return answer(behaviour("probe-metrics-process-start", minor) ? [processStartFamily("[ALPHA] ", startedAt)] : [], context);
};

/** /metrics/slis. */
export const getMetricsSlis: RouteHandler = (context) =>
  answer(context.kubelet.healthChecks.families(behaviour("health-metric-stage", context.kubelet.minor)), context);

/** DELETE /metrics/slis. */
export const resetMetricsSlis: RouteHandler = ({ kubelet }) => {
  kubelet.healthChecks.reset();
  return plain(200, "metrics reset\n");
};

async function withUsage(context: RouteContext, families: () => Promise<Family[]>): Promise<KubeletAnswer> {
  try {
    return answer(await families(), context);
  } catch (error) {
    return httpError(500, `An error has occurred while serving metrics:\n\n${grpcErrorText(error)}`);
  }
}

function answer(families: readonly Family[], { kubelet, request, target }: RouteContext): KubeletAnswer {
  const { minor, startedAt } = kubelet;
  const names = behaviour("metrics-name-filter", minor) ? parseQuery(target.rawQuery).values("name[]") : [];
  const text = expose(names.length === 0 ? families : families.filter(({ name }) => names.includes(name)));
  const headers: [string, string][] = [["Content-Type", contentType(minor, request.header("Accept"))]];
  if (behaviour("process-start-time-header", minor)) {
    headers.push(["Process-Start-Time-Unix", String(Math.floor(startedAt.getTime() / 1000))]);
  }
  if (!acceptsGzip(request.header("Accept-Encoding"))) return { status: 200, headers, body: text };
  return { status: 200, headers: [["Content-Encoding", "gzip"], ...headers], body: gzipSync(text) };
}

/** The text format, whatever is accepted; but a client may choose how names are escaped (expfmt.Negotiate). */
function contentType(minor: string, accept = ""): string {
  const type = behaviour("metrics-content-type", minor);
  let escaping: string | undefined;
  for (const clause of clausesByQuality(accept)) {
    escaping = /;\s*escaping=(allow-utf-8|underscores|dots|values)\s*(?:;|$)/.exec(clause)?.[1] ?? escaping;
    if (/^text\/plain\s*(?:;|$)/.test(clause) && /;\s*version=0\.0\.4\s*(?:;|$)|^(?!.*;\s*version=)/.test(clause)) break;
  }
  return escaping === undefined ? type : type.replace(/escaping=.*$/, `escaping=${escaping}`);
}

function clausesByQuality(accept: string): string[] {
  const quality = (clause: string): number => Number(/;\s*q=([0-9.]+)/.exec(clause)?.[1] ?? 1);
  return accept
    .split(",")
    .map((clause) => clause.trim())
    .toSorted((a, b) => quality(b) - quality(a));
}

function acceptsGzip(accept: string | undefined): boolean {
  return (accept ?? "").split(",").some((part) => /^\s*gzip\s*(;(?!\s*q=0(\.0*)?\s*$).*)?$/.test(part));
}
