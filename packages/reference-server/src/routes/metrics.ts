import { behaviour } from "@kubelet-conformance/types";
import { goGzip } from "../go-gzip.ts";
import { plain } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { cadvisorFamilies } from "../metrics/cadvisor-families.ts";
import { expose, type Family, gathered } from "../metrics/exposition.ts";
import { kubeletFamilies } from "../metrics/kubelet-families.ts";
import { lookAtMachine } from "../metrics/machine.ts";
import { type MetricsFormat, negotiateFormat, takesGzip } from "../metrics/negotiate.ts";
import { nodeUsage } from "../metrics/node-usage.ts";
import { processStartFamily } from "../metrics/process-samples.ts";
import { compactText, delimited, protobufText } from "../metrics/protobuf.ts";
import { resourceFamilies } from "../metrics/resource-families.ts";
import type { KubeletState } from "../state.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

/** /metrics. */
export const getMetrics: RouteHandler = async (context) => answer(await kubeletFamilies(context.kubelet), context, createdAt(context));

/** /metrics/cadvisor, which does not ask the runtime in a real kubelet: without it the machine still shows. */
export const getMetricsCadvisor: RouteHandler = async (context) => {
  const { kubelet } = context;
  const usage = (await nodeUsage(kubelet).catch(() => undefined)) ?? { machine: await lookAtMachine(), containers: [] };
  return answer(await cadvisorFamilies(kubelet, usage), context);
};

/** /metrics/resource. */
export const getMetricsResource: RouteHandler = async (context) =>
  answer(resourceFamilies(await nodeUsage(context.kubelet).catch(() => undefined), context.kubelet.minor), context);

/** /metrics/probes: there are no probes here, so there is nothing to tell of them. */
export const getMetricsProbes: RouteHandler = (context) => answer(processStart(context.kubelet), context);

/** /metrics/slis. */
export const getMetricsSlis: RouteHandler = (context) => {
  const { healthChecks, minor } = context.kubelet;
  return answer(
    [...healthChecks.families(behaviour("health-metric-stage", minor)), ...processStart(context.kubelet)],
    context,
    createdAt(context),
  );
};

/** DELETE /metrics/slis. */
export const resetMetricsSlis: RouteHandler = ({ kubelet }) => {
  kubelet.healthChecks.reset();
  return plain(200, "metrics reset\n");
};

function processStart({ healthChecks, startedAt }: KubeletState): Family[] {
  return healthChecks.wasReset ? [] : [processStartFamily(startedAt)];
}

/** When the kubelet began to count, as far as its minor tells. */
function createdAt({ kubelet: { minor, startedAt } }: RouteContext): Date | undefined {
  return behaviour("metrics-creation-times", minor) ? startedAt : undefined;
}

function answer(all: readonly Family[], { kubelet, request, target }: RouteContext, created?: Date): KubeletAnswer {
  const { minor, startedAt } = kubelet;
  const names = behaviour("metrics-name-filter", minor) ? parseQuery(target.rawQuery).values("name[]") : [];
  const families = gathered(names.length === 0 ? all : all.filter(({ name }) => names.includes(name)));
  const { form, contentType } = negotiateFormat(request.header("Accept"), behaviour("metrics-content-type", minor));
  const body = write[form](families, created);
  const headers: [string, string][] = [["Content-Type", contentType]];
  if (behaviour("process-start-time-header", minor)) {
    headers.push(["Process-Start-Time-Unix", String(Math.floor(startedAt.getTime() / 1000))]);
  }
  const codings = request.rawHeaders.filter(([name]) => name.toLowerCase() === "accept-encoding").map(([, value]) => value);
  if (!takesGzip(codings, behaviour("metrics-compression", minor))) return { status: 200, headers, body };
  return { status: 200, headers: [["Content-Encoding", "gzip"], ...headers], body: goGzip(body) };
}

const write: Record<MetricsFormat["form"], (families: readonly Family[], created?: Date) => string | Buffer> = {
  text: expose,
  delimited,
  "protobuf-text": protobufText,
  "compact-text": compactText,
};
