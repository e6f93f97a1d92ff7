import { compareVersions } from "@kubelet-conformance/spec";
import { behaviour } from "@kubelet-conformance/types";
import { httpError } from "../http/answers.ts";
import type { Listener } from "../http/message.ts";
import type { Route } from "../router.ts";
import type { KubeletState } from "../state.ts";
import { pprofHandler } from "./debug.ts";
import { getHealthzOfPort, healthCheckNames } from "./health.ts";
import { operations } from "./operations.ts";
import type { RouteHandler } from "./route-handler.ts";

/** A group of routes under one root path; go-restful dispatches in it. */
export interface Service {
  root: string;
  routes: readonly Route<RouteHandler>[];
}

/** What a listener serves: plain handlers by mux pattern (any method), and services. */
export interface Surface {
  handles: ReadonlyMap<string, RouteHandler>;
  services: readonly Service[];
}

type Handles = Record<string, RouteHandler>;

const produceJson = ["application/json"];

/** What a listener of this kubelet serves, as NewServer and InstallDefaultHandlers assemble it. */
export function surfaceOf(listener: Listener, kubelet: KubeletState): Surface {
  if (listener === "healthz") return { handles: new Map(Object.entries(healthzPort)), services: [] };
  const { configuration } = kubelet;
  const hasDebugging = listener === "main" && configuration.enableDebuggingHandlers;
  const handles = {
    ...healthHandles(kubelet),
    ...metricsHandles(listener, kubelet),
    ...(hasDebugging ? debuggingHandles(kubelet) : disabled("Debug endpoints are disabled.", debuggingPaths)),
    ...(hasStatusz(kubelet, hasDebugging) ? { "/statusz": operations.getStatusz } : {}),
  };
  return {
    handles: new Map(Object.entries(handles)),
    services: [...defaultServices(kubelet), ...(hasDebugging ? debuggingServices(kubelet) : [])],
  };
}

const healthzPort: Handles = { "/healthz": getHealthzOfPort, "/healthz/ping": operations.getHealthzPing };

const debuggingPaths = "/run/ /exec/ /attach/ /portForward/ /containerLogs/ /runningpods/ /debug/pprof/ /logs/".split(" ");

function disabled(text: string, paths: readonly string[]): Handles {
  const answer = httpError(405, text);
  return Object.fromEntries(paths.map((path) => [path, () => answer]));
}

function healthHandles({ minor }: KubeletState): Handles {
  const single: Handles = {
    ping: operations.getHealthzPing,
    log: operations.getHealthzLog,
    syncloop: operations.getHealthzSyncLoop,
    "device-plugin": operations.getHealthzDevicePlugin,
  };
  const handles: Handles = { "/healthz": operations.getHealthz };
  for (const name of healthCheckNames(minor)) {
    const handler = single[name];
    if (handler === undefined) throw new Error(`behaviour table health-checks: there is no check named ${name}`);
    handles[`/healthz/${name}`] = handler;
  }
  return handles;
}

function metricsHandles(listener: Listener, kubelet: KubeletState): Handles {
  const slis: RouteHandler = (context) =>
    (context.request.method === "DELETE" ? operations.resetMetricsSlis : operations.getMetricsSlis)(context);
  return {
    "/metrics": operations.getMetrics,
    "/metrics/cadvisor": operations.getMetricsCadvisor,
    "/metrics/resource": operations.getMetricsResource,
    "/metrics/probes": operations.getMetricsProbes,
    ...(hasSlis(listener, kubelet) ? { "/metrics/slis": slis } : {}),
  };
}

function hasSlis(listener: Listener, { minor, gates }: KubeletState): boolean {
  const where = behaviour("metrics-slis", minor);
  if (where === "gate") return gates.enabled("ComponentSLIs");
  // Where only one listener gets the route, here it is always the main one: a real kubelet leaves it to a race.
  return where === "both" || (where === "one-listener" && listener === "main");
}

function debuggingHandles(kubelet: KubeletState): Handles {
  const { configuration, gates, minor } = kubelet;
  const hasFlagz = behaviour("zpages", minor).served !== "nowhere" && gates.enabled("ComponentFlagz");
  return {
    "/configz": operations.getConfigz,
    ...(configuration.enableDebugFlagsHandler
      ? { "/debug/flags/v": operations.putVerbosity }
      : disabled("flags endpoint is disabled.", ["/debug/flags/v"])),
    ...(configuration.enableProfilingHandler ? {} : disabled("profiling endpoint is disabled.", ["/debug/pprof/"])),
    ...(configuration.enableSystemLogHandler ? {} : disabled("logs endpoint is disabled.", ["/logs/"])),
    ...(hasFlagz ? { "/flagz": operations.getFlagz } : {}),
  };
}

function hasStatusz({ minor, gates }: KubeletState, hasDebugging: boolean): boolean {
  const { served } = behaviour("zpages", minor);
  return gates.enabled("ComponentStatusz") && (served === "statusz-everywhere" || (served === "with-debugging" && hasDebugging));
}

const getProfile = pprofHandler({
  cmdline: operations.getPprofCmdline,
  profile: operations.getPprofProfile,
  symbol: operations.getPprofSymbol,
  trace: operations.getPprofTrace,
  named: operations.getPprof,
});

function defaultServices(kubelet: KubeletState): Service[] {
  return [
    { root: "/pods", routes: [{ method: "GET", path: "/pods", produces: produceJson, handler: operations.getPods }] },
    {
      root: "/stats/",
      routes: [
        { method: "GET", path: "/stats/summary", produces: produceJson, handler: operations.getStatsSummary },
        { method: "POST", path: "/stats/summary", produces: produceJson, handler: operations.postStatsSummary },
      ],
    },
    ...(checkpointGroup(kubelet) === "default" ? checkpointService(kubelet) : []),
  ];
}

function debuggingServices(kubelet: KubeletState): Service[] {
  const { enableSystemLogHandler, enableProfilingHandler } = kubelet.configuration;
  const container = "/{podNamespace}/{podID}/{containerName}";
  const containerOfUid = "/{podNamespace}/{podID}/{uid}/{containerName}";
  const service = (root: string, methods: readonly string[], shapes: readonly string[], handler: RouteHandler): Service => ({
    root,
    routes: shapes.flatMap((shape) => methods.map((method) => ({ method, path: root + shape, produces: [], handler }))),
  });
  const both = ["GET", "POST"];
  return [
    ...(checkpointGroup(kubelet) === "debugging" ? checkpointService(kubelet) : []),
    service("/run", ["POST"], [container, containerOfUid], operations.runCommand),
    service("/exec", both, [container, containerOfUid], operations.getExec),
    service("/attach", both, [container, containerOfUid], operations.getAttach),
    service("/portForward", both, ["/{podNamespace}/{podID}", "/{podNamespace}/{podID}/{uid}"], operations.getPortForward),
    service("/containerLogs", ["GET"], [container], operations.getContainerLogs),
    ...allocatedPodsService(kubelet),
    {
      root: "/runningpods/",
      routes: [{ method: "GET", path: "/runningpods/", produces: produceJson, handler: operations.getRunningPods }],
    },
    ...(enableSystemLogHandler ? [service("/logs/", ["GET"], ["", "{logpath:*}"], operations.getNodeLogs)] : []),
    ...(enableProfilingHandler ? [service("/debug/pprof/", ["GET"], ["{subpath:*}"], getProfile)] : []),
  ];
}

function allocatedPodsService({ gates }: KubeletState): Service[] {
  if (!gates.enabled("KubeletAllocatedPodsEndpoint")) return [];
  const root = "/allocatedPods";
  const route = (shape: string, handler: RouteHandler) => ({ method: "GET", path: root + shape, produces: produceJson, handler });
  return [
    {
      root,
      routes: [
        route("", operations.getAllocatedPods),
        route("/{podNamespace}/{podID}", operations.getAllocatedPod),
        route("/{podNamespace}/{podID}/{podUID}", operations.getAllocatedPodByUid),
      ],
    },
  ];
}

function checkpointService({ minor, gates }: KubeletState): Service[] {
  if (!gates.enabled("ContainerCheckpoint")) return [];
  return [
    {
      root: behaviour("checkpoint-root-path", minor),
      routes: [
        {
          method: "POST",
          path: "/checkpoint/{podNamespace}/{podID}/{containerName}",
          produces: produceJson,
          handler: operations.checkpointContainer,
        },
      ],
    },
  ];
}

function checkpointGroup({ minor, version }: KubeletState): "default" | "debugging" {
  const fixedIn = behaviour("checkpoint-handler-fixed-in", minor);
  return fixedIn !== null && compareVersions(version, fixedIn) >= 0 ? "debugging" : "default";
}
