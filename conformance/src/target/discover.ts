import { stat } from "node:fs/promises";
import { type Condition, type Minor, minorOf, minors } from "@kubelet-conformance/spec";
import { TargetError, UsageError } from "../errors.ts";
import { classifyRuntime, type FirstCheckpoint } from "./classify-runtime.ts";
import type { Declarations } from "./declare.ts";
import { readToken } from "./credentials.ts";
import { configurationFacts, gateFacts, gatesInMetrics, parseConfiguration } from "./facts.ts";
import { longestSilence } from "./container-log.ts";
import { type FirstAnswers, requireKubelet } from "./identify.ts";
import { chooseContainers, containerNames, findContainer, parsePodList } from "./pod-list.ts";
import { probeFacts } from "./probe-facts.ts";
import { samples } from "./prometheus.ts";
import type { ContainerReference, Target } from "./target.ts";
import type { Transport } from "./transport.ts";
import { unreachable } from "./unreachable.ts";
import { type WireClient, WireError, type WireResponse } from "./wire.ts";

/** What a user says about a target. */
export interface DiscoverOptions {
  server: string;
  credentials?: WireClient | undefined;
  authorityGiven?: boolean;
  /** It is reached through an API server's node proxy, which asks it as itself. */
  proxied?: Target["proxied"];
  kubernetesVersion?: string | undefined;
  readOnlyPort?: number | undefined;
  healthzPort?: number | undefined;
  pod?: ContainerReference | undefined;
  checkpoint?: ContainerReference | undefined;
  /** See Target.command. */
  exec?: ContainerReference | undefined;
  nodeRoot?: string | undefined;
  declarations: Declarations;
}

export interface Discovery {
  target: Target;
  /** The checkpoint that told what the runtime does; its archive serves the checks. */
  firstCheckpoint?: FirstCheckpoint;
}

const nobody: WireClient = { name: "none" };

/** Finds out what a kubelet is and offers. Changes nothing on the node unless `checkpoint` is given. Throws TargetError or UsageError. */
export async function discover(transport: Transport, options: DiscoverOptions): Promise<Discovery> {
  const { server, declarations, pod, checkpoint, exec } = options;
  // What is wrong with the user's words is said before anything is asked of the kubelet.
  const declared = declaredVersion(options);
  const answers = await firstAnswers(transport, options);
  requireKubelet(server, answers, options.proxied ? "proxied" : options.credentials !== undefined);

  const metrics = textOf(answers.metrics);
  const version = declared ?? detectedVersion(server, metrics);
  const configuration = parseConfiguration(textOf(answers.configz));
  const configured = configuration ? configurationFacts(configuration) : undefined;
  const pods = parsePodList(textOf(answers.pods));
  for (const [flag, wanted] of [
    ["--pod", pod],
    ["--checkpoint", checkpoint],
    ["--exec", exec],
  ] as const)
    if (wanted && pods) requireContainer(flag, wanted, pods);
  const ports = await plainPorts(transport, options, configured);
  const wanted = pod ?? checkpoint ?? exec;
  // Whoever tests a kubelet in an outage knows of it.
  const known: Condition = {
    apiServer: ["reachable"],
    ...configured?.facts,
    ...gateFacts(configuration, gatesInMetrics(metrics), version.minor),
    ...declarations.facts,
  };
  const target: Target = {
    server,
    ...version,
    ...ports,
    ...(options.credentials ? { credentials: options.credentials } : {}),
    identities: await identitiesFrom(declarations.identityFiles),
    ...(options.proxied ? { proxied: options.proxied } : {}),
    facts: await probeFacts(transport.send, known, options.credentials, server.startsWith("https:") && !options.proxied),
    ...(wanted ? { running: wanted } : {}),
    ...chooseContainers(pods ?? [], wanted),
    ...(declarations.waiting ? { waiting: declarations.waiting } : {}),
    ...(declarations.ended ? { ended: declarations.ended } : {}),
    ...(declarations.restarted ? { restarted: declarations.restarted } : {}),
    ...(declarations.longLine ? { longLine: declarations.longLine } : {}),
    ...(declarations.second ? { second: declarations.second } : {}),
    ...(declarations.sidecar ? { sidecar: declarations.sidecar } : {}),
    ...(declarations.ephemeral ? { ephemeral: declarations.ephemeral } : {}),
    ...(checkpoint ? { checkpoint } : {}),
    ...(exec ? { command: exec } : {}),
    ...(declarations.listeningPort === undefined ? {} : { listeningPort: declarations.listeningPort }),
    ...(declarations.nodeName === undefined ? {} : { nodeName: declarations.nodeName }),
    ...(declarations.timeZone === undefined ? {} : { timeZone: declarations.timeZone }),
    ...(declarations.rootDirectory === undefined ? {} : { rootDirectory: declarations.rootDirectory }),
    ...(options.nodeRoot === undefined ? {} : { nodeRoot: await requireDirectory(options.nodeRoot) }),
  };
  if (!checkpoint || !target.credentials || target.facts.debuggingHandlers === false) return { target };
  // Before the first checkpoint, which may be the one that stops it.
  const silence = declarations.longestSilenceMs ?? (await longestSilence(transport.send, checkpoint, target.credentials));
  if (silence !== undefined) target.longestSilenceMs = silence;
  if (target.facts.checkpointGate === false) return { target };
  const { runtime, first } = await classifyRuntime(transport.send, checkpoint, target.credentials);
  if (runtime && !declarations.facts.runtime) target.facts.runtime = runtime;
  return { target, ...(first ? { firstCheckpoint: first } : {}) };
}

/** The three answers that tell most. Throws only when there is none at all. */
async function firstAnswers(
  { send }: Transport,
  { server, credentials = nobody, authorityGiven = false }: DiscoverOptions,
): Promise<FirstAnswers> {
  const ask = (path: string): Promise<WireResponse> => send({ method: "GET", target: path, listener: "main", client: credentials });
  const [pods, configz, metrics] = await Promise.allSettled([ask("/pods"), ask("/configz"), ask("/metrics")]);
  if (pods.status === "rejected" && configz.status === "rejected" && metrics.status === "rejected") {
    throw pods.reason instanceof WireError ? unreachable(server, pods.reason, authorityGiven) : pods.reason;
  }
  const value = (answer: PromiseSettledResult<WireResponse>): WireResponse | undefined =>
    answer.status === "fulfilled" ? answer.value : undefined;
  return { pods: value(pods), configz: value(configz), metrics: value(metrics) };
}

type Version = Pick<Target, "kubernetesVersion" | "minor" | "versionSource">;

function declaredVersion({ kubernetesVersion }: DiscoverOptions): Version | undefined {
  if (kubernetesVersion === undefined) return undefined;
  return { kubernetesVersion, minor: requireMinor(kubernetesVersion, "--kubernetes-version"), versionSource: "declared" };
}

function detectedVersion(server: string, metrics: string): Version {
  const found = samples(metrics, "kubernetes_build_info")[0]?.labels["git_version"];
  if (found !== undefined && minorOf(found))
    return { kubernetesVersion: found, minor: requireMinor(found, server), versionSource: "metrics" };
  if (found !== undefined && !isNewer(found))
    throw new TargetError("version-unsupported", `${server} is a kubelet of ${found}; covered are ${minors[0]} to ${minors.at(-1)}`);
  // Newer than covered, or unknown: what holds for the newest minor is the best guess, and the report says that it is one.
  const newest = minors.at(-1) ?? "1.37";
  return { kubernetesVersion: found ?? newest, minor: newest, versionSource: "assumed" };
}

function isNewer(version: string): boolean {
  const [, major = 0, minor = 0] = /^v?(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  const [newestMajor = 0, newestMinor = 0] = (minors.at(-1) ?? "").split(".").map(Number);
  return major > newestMajor || (major === newestMajor && minor > newestMinor);
}

/** The covered minor of a version that a user wrote. */
export function requireMinor(version: string, where: string): Minor {
  const minor = minorOf(version);
  if (!minor)
    throw new UsageError(
      "version-unsupported",
      `${where}: "${version}" is not a covered Kubernetes version; covered are ${minors[0]} to ${minors.at(-1)}, written as 1.36 or v1.36.4`,
    );
  return minor;
}

function requireContainer(flag: string, wanted: ContainerReference, pods: NonNullable<ReturnType<typeof parsePodList>>): void {
  const name = `${wanted.namespace}/${wanted.pod}`;
  const found = findContainer(pods, wanted);
  if (found === "no-pod") {
    const others = pods.slice(0, 5).map((pod) => `${pod.namespace}/${pod.name}`);
    throw new TargetError(
      "pod-unknown",
      `${flag}: there is no pod ${name} on this node; ${others.length === 0 ? "it has none at all" : `it has ${others.join(", ")}`}`,
    );
  }
  if (found === "no-container") {
    throw new TargetError(
      "container-unknown",
      `${flag}: pod ${name} has no container ${wanted.container}; it has ${containerNames(pods, wanted).join(", ") || "none with a status"}`,
    );
  }
  if (found === "not-running")
    throw new TargetError("container-not-running", `${flag}: container ${wanted.container} of ${name} does not run; name one that does`);
}

async function plainPorts(
  transport: Transport,
  options: DiscoverOptions,
  configured: { readOnlyPort?: number; healthzPort?: number; healthzBindAddress?: string } | undefined,
): Promise<Pick<Target, "readOnlyPort" | "healthzPort" | "lacks">> {
  const lacks = [...options.declarations.lacks];
  const ports: Pick<Target, "readOnlyPort" | "healthzPort"> = {};
  for (const [need, member, listener] of [
    ["read-only-port", "readOnlyPort", "read-only"],
    ["healthz-port", "healthzPort", "healthz"],
  ] as const) {
    const given = options[member];
    const found = configured?.[member];
    if (given !== undefined) ports[member] = given;
    else if (found === 0) lacks.push(need);
    else if (found !== undefined && (await isThere(transport, { [member]: found }, listener))) ports[member] = found;
  }
  transport.usePorts(ports);
  return { ...ports, ...(lacks.length === 0 ? {} : { lacks }) };
}

/** The configuration names the port, but it may be bound to the node's own loopback address or lie behind a firewall. */
async function isThere(
  transport: Transport,
  port: { readOnlyPort?: number; healthzPort?: number },
  listener: "read-only" | "healthz",
): Promise<boolean> {
  transport.usePorts(port);
  return transport.send({ method: "GET", target: "/healthz", listener, client: nobody, timeoutMs: 1_000 }).then(
    ({ body }) => body.toString() === "ok",
    () => false,
  );
}

async function identitiesFrom(files: Record<string, string>): Promise<Record<string, WireClient>> {
  const read = Object.entries(files).map(async ([name, file]): Promise<[string, WireClient]> => [
    name,
    { name: `identity:${name}`, authorization: `Bearer ${await readToken(file)}` },
  ]);
  return Object.fromEntries(await Promise.all(read));
}

async function requireDirectory(directory: string): Promise<string> {
  const found = await stat(directory).catch(() => undefined);
  if (!found?.isDirectory())
    throw new UsageError(
      "node-root-missing",
      `--node-root ${directory} is no directory; give the place where the node's / is mounted here`,
    );
  return directory;
}

function textOf(answer: WireResponse | undefined): string {
  return answer?.status === 200 ? answer.body.toString() : "";
}
