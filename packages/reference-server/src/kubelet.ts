import { createAuthority, type Credentials } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openLink, type ApiLink } from "./api-server/api-link.ts";
import { apiAccessReview, apiTokenReview } from "./auth/api-reviews.ts";
import { createAuthenticator } from "./auth/authenticate.ts";
import { createAuthorizer } from "./auth/authorize.ts";
import { ruleTable, tokenTable } from "./auth/static-reviews.ts";
import { createClock } from "./clock.ts";
import { createClosers, type Closers } from "./closers.ts";
import { checkSense } from "./configuration/check-sense.ts";
import { checkShape, refuseField, withoutNulls } from "./configuration/check-shape.ts";
import { ConfigurationError, type KubeletConfiguration } from "./configuration/configuration.ts";
import { effectiveConfiguration, type EffectiveConfiguration } from "./configuration/effective.ts";
import { featureGates } from "./configuration/feature-gates.ts";
import { greetRuntime, openRuntime } from "./container-runtime.ts";
import type { Deviation } from "./deviations/deviation.ts";
import { resolveDeviation } from "./deviations/index.ts";
import { openKubeletListeners } from "./kubelet-listeners.ts";
import { silentLogger } from "./log.ts";
import { createHealthChecks } from "./metrics/health-checks.ts";
import { createHttpRequests } from "./metrics/http-requests.ts";
import { createRuntimeOperations } from "./metrics/runtime-operations.ts";
import { createWebSocketRequests } from "./metrics/web-socket-requests.ts";
import { openNodeSockets } from "./node-sockets.ts";
import { nodeNameOf } from "./node-name.ts";
import { createEventRecorder } from "./node/events.ts";
import { startNodeAgent } from "./node/node-agent.ts";
import { createRuntimeState } from "./node/runtime-state.ts";
import { checkLabels } from "./node/node-labels.ts";
import type { KubeletOptions, RunningKubelet } from "./options.ts";
import type { AuthFilter } from "./pipeline.ts";
import { createPodEvents } from "./pods/pod-events.ts";
import { createPodManager } from "./pods/pod-manager.ts";
import { readPods } from "./pods/read-pods.ts";
import { createRuntimeService, type RuntimeService } from "./pods/runtime-service.ts";
import { prepareRootDirectory } from "./root-directory.ts";
import { readCertificates, servingCertificate } from "./serving-certificate.ts";
import type { KubeletState } from "./state.ts";
import { makeTemporaryDirectory } from "./temporary-directory.ts";
import { resolveVersion } from "./version.ts";

/** What a kubelet without a configuration runs with: ready to be called, and by nobody from outside. */
const readyToCall: KubeletConfiguration = { address: "127.0.0.1", authorization: { mode: "AlwaysAllow" } };

/**
 * Starts a kubelet and resolves once it listens; `settled` tells when its pods run. Rejects with VersionError, ConfigurationError,
 * FileError, NodeNameError, NodeFlagError, UnknownDeviationError, RuntimeEndpointError, RuntimeUnusableError, TemporaryDirectoryError or ListenError, and leaves nothing behind then.
 */
export async function startKubelet(options: KubeletOptions): Promise<RunningKubelet> {
  const closers = createClosers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

function contentOf({ configuration: given = readyToCall, overrides = {} }: KubeletOptions): KubeletConfiguration {
  const configuration = withoutNulls(given);
  const { nodeStatusUpdateFrequency, nodeStatusReportFrequency = nodeStatusUpdateFrequency } = configuration;
  // A file that sets how often the status is computed has always set how often it is reported, too.
  const report = nodeStatusReportFrequency === undefined ? {} : { nodeStatusReportFrequency };
  return { ...configuration, ...report, ...overrides, featureGates: { ...configuration.featureGates, ...overrides.featureGates } };
}

interface Directories {
  root: string;
  certificates: string;
  podLogs: string;
  systemLogs: string;
}

async function start(options: KubeletOptions, closers: Closers): Promise<RunningKubelet> {
  const { logger = silentLogger, verbosity = 0 } = options;
  const { version, minor } = resolveVersion(options.kubernetesVersion);
  const deviation = resolveDeviation(options.deviation);
  const content = contentOf(options);
  for (const name of checkShape(content, minor, refuseField)) logger.info(`${name} is not known in ${minor} and ignored`);
  const gates = featureGates(content.featureGates ?? {}, minor, refuseField);
  const configuration = effectiveConfiguration(content, minor, verbosity);
  checkSense(
    configuration,
    { gates, hasReviews: options.authorizationRules !== undefined || options.apiServer !== undefined },
    refuseField,
  );
  if (!configuration.enableServer) throw new ConfigurationError("enableServer", "false leaves nothing to serve");

  const nodeName = nodeNameOf(options.hostnameOverride);
  checkLabels(options.node?.labels ?? {}, deviation?.labels);
  const endpoint = options.runtime === undefined ? runtimeEndpoint(content) : undefined;
  const directories = await makeDirectories(options, content, endpoint !== undefined, closers);
  await prepareRootDirectory(directories.root, minor, gates.enabled("ContainerCheckpoint"));
  await deviation?.rootDirectory?.(directories.root);

  const runtime = await startRuntime(options, endpoint, deviation, closers);
  const runtimeVersion = await greetRuntime(runtime.client, runtime.operations, { minor, timeScale: options.timeScale ?? 1 });
  const sources = {
    staticPodPath: configuration.staticPodPath,
    apiPodPath: options.apiPodPath,
    sample: options.configuration === undefined && configuration.staticPodPath === undefined,
  };
  const { apiServer, timeScale } = options;
  const link = apiServer && openLink({ apiServer, version, nodeName, logger, timeScale, deviation, closers });
  const events = link && createEventRecorder(link, minor);
  const clock = createClock({ scale: timeScale, change: deviation?.wait?.bind(deviation) });
  const sockets = await openNodeSockets({ options, directories, minor, clock, logger, deviation });
  closers.add(() => sockets.close());
  const { devices } = sockets;
  const runtimeState = link && createRuntimeState(runtime, link.clock, logger);
  await runtimeState?.look();
  const pods = createPodManager({
    pods: await readPods(sources, { nodeName, minor }, logger),
    runtime,
    logsDirectory: directories.podLogs,
    logLinksDirectory: join(directories.systemLogs, "containers"),
    logger,
    events: createPodEvents(minor, events),
    devices,
    networkProblem: () => runtimeState?.networkProblem(),
  });
  closers.add(() => pods.stop());
  const podResources = await sockets.tellOf(pods);

  const state: KubeletState = {
    minor,
    version,
    nodeName,
    rootDirectory: directories.root,
    commandLine: options.commandLine ?? ["kubelet", `--hostname-override=${nodeName}`],
    startedAt: new Date(),
    utcOffsetMinutes: options.utcOffsetMinutes,
    configuration: withCgroupDriver(configuration, runtimeVersion.cgroupDriver, minor),
    gates,
    runtime,
    runtimeVersion,
    pods,
    ...(devices === undefined ? {} : { devices }),
    podResources,
    hostIps: [],
    httpRequests: createHttpRequests(gates.enabled("KubeletAllocatedPodsEndpoint") ? ["allocatedPods"] : []),
    webSocketRequests: createWebSocketRequests(),
    healthChecks: createHealthChecks(),
    profiler: { isProfiling: false, isTracing: false },
    systemLogs: directories.systemLogs,
    logger,
  };
  const client = await clientAuthority(options, configuration);
  const serving = await servingCertificate(configuration, nodeName, directories.certificates, options.authority);
  const urls = await openKubeletListeners({
    state,
    auth: authFilter(options, state, link),
    tls: { ...serving, clientCa: client.ca },
    ports: options.ports ?? {},
    anyPort: options.configuration === undefined,
    deviation,
    closers,
  });
  if (link !== undefined && events !== undefined && runtimeState !== undefined) {
    await startNodeAgent({
      link,
      events,
      runtime: runtimeState,
      state,
      options: options.node ?? {},
      port: Number(new URL(urls.main).port),
      deviation,
    });
  }
  logger.info(`kubelet ${version} of node ${nodeName} serves at ${urls.main}`);
  return {
    urls,
    caCertificate: serving.ca,
    ...(client.admin === undefined ? {} : { adminCredentials: client.admin }),
    kubernetesVersion: version,
    nodeName,
    rootDirectory: directories.root,
    settled: pods.settled,
    stop: () => closers.close(),
  };
}

/** The runtime's word for the cgroup driver beats the configuration's. */
function withCgroupDriver(configuration: EffectiveConfiguration, cgroupDriver: string | undefined, minor: string): EffectiveConfiguration {
  if (cgroupDriver === undefined || !behaviour("cgroup-driver-shown", minor)) return configuration;
  return { ...configuration, shown: { ...configuration.shown, cgroupDriver } };
}

function runtimeEndpoint({ containerRuntimeEndpoint }: KubeletConfiguration): string | undefined {
  return containerRuntimeEndpoint === "" ? undefined : containerRuntimeEndpoint;
}

/** A root directory that was not given, and logs where no real runtime writes them, lie in a private directory that goes with the kubelet. */
async function makeDirectories(
  { rootDirectory, certDirectory, systemLogsDirectory, temporaryDirectory }: KubeletOptions,
  { podLogsDir }: KubeletConfiguration,
  hasRealRuntime: boolean,
  closers: Closers,
): Promise<Directories> {
  const own = temporaryDirectory ?? (await makeTemporaryDirectory("reference-kubelet-"));
  if (temporaryDirectory === undefined) closers.add(() => rm(own, { recursive: true, force: true }));
  const given = systemLogsDirectory ?? (hasRealRuntime ? "/var/log" : undefined);
  const systemLogs = given === undefined ? join(own, "log") : resolve(given);
  if (given === undefined) await mkdir(systemLogs);
  // The runtime, which is told where to write, has a working directory of its own.
  const root = rootDirectory === undefined ? join(own, "root") : resolve(rootDirectory);
  return {
    root,
    certificates: certDirectory ?? join(root, "pki"),
    podLogs: podLogsDir ?? join(systemLogs, "pods"),
    systemLogs,
  };
}

async function startRuntime(
  { runtime }: KubeletOptions,
  endpoint: string | undefined,
  deviation: Deviation | undefined,
  closers: Closers,
): Promise<RuntimeService> {
  const client = runtime ?? (await openRuntime(endpoint, closers));
  return createRuntimeService(deviation?.runtime?.(client) ?? client, createRuntimeOperations());
}

/** Whom client certificates are checked against: the configured CA, or one of the kubelet's own when it has no configuration. */
async function clientAuthority(
  { configuration, authority: given }: KubeletOptions,
  { authentication }: EffectiveConfiguration,
): Promise<{ ca: string | undefined; admin?: Credentials }> {
  if (configuration !== undefined) {
    const { clientCAFile } = authentication;
    return { ca: clientCAFile === undefined ? given?.cert : await readCertificates(clientCAFile, "authentication.x509.clientCAFile") };
  }
  if (given !== undefined) return { ca: given.cert };
  const authority = await createAuthority({ commonName: "reference-kubelet-client-ca" });
  const admin = authority.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  return { ca: authority.cert, admin };
}

function authFilter(
  { tokens, authorizationRules, reviewsReachable = () => true }: KubeletOptions,
  { configuration: { authentication, authorization }, gates, minor }: KubeletState,
  link: ApiLink | undefined,
): AuthFilter {
  const table = gates.enabled("KubeletFineGrainedAuthz") ? "subresources" : "subresources-without-fine-grained";
  const byRules = authorizationRules === undefined ? undefined : ruleTable(authorizationRules, reviewsReachable);
  const access = byRules ?? (link && apiAccessReview(link));
  return {
    authenticate: createAuthenticator({
      anonymous: authentication.anonymous,
      webhook: authentication.webhook || tokens !== undefined,
      review: tokens === undefined && link !== undefined ? apiTokenReview(link) : tokenTable(tokens ?? [], reviewsReachable),
      cacheMs: authentication.cacheMs,
    }),
    authorize: createAuthorizer({
      review: authorization.mode === "Webhook" ? access : undefined,
      subresources: behaviour(table, minor),
      forbiddenText: behaviour("forbidden-text", minor),
      cacheMs: authorization.cacheMs,
    }),
  };
}
