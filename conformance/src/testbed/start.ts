import { join } from "node:path";
import { minorOf } from "@kubelet-conformance/spec";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { type KubeletOptions, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import type { CheckpointCall, RuntimeProbe, Target } from "../target/target.ts";
import type { Ground } from "./ground.ts";
import { podName, podNamespace } from "./pod.ts";
import { commonFacts, type Scenario } from "./scenarios.ts";

export interface StartedScenario {
  target: Target;
  /** What the kubelet's certificate comes from. */
  authority: string;
  stop: () => Promise<void>;
}

export interface StartOptions {
  ground: Ground;
  scenario: Scenario;
  kubernetesVersion: string;
  deviation?: KubeletOptions["deviation"];
}

const nodeName = "testbed-node";
const requestTimeoutSeconds = 120;
let started = 0;

/** Starts the reference kubelet in a scenario, with the runtime double under it. */
export async function startScenario({ ground, scenario, kubernetesVersion, deviation }: StartOptions): Promise<StartedScenario> {
  const double = new RuntimeDouble();
  const runtime = double.client();
  const rootDirectory = join(ground.directory, `root-${++started}`);
  let kubelet: RunningKubelet | undefined;
  const stop = async (): Promise<void> => {
    await kubelet?.stop();
    await runtime.close();
    await double.close();
  };
  try {
    kubelet = await startKubelet({
      kubernetesVersion,
      configuration: configurationOf(ground, scenario),
      ports: { main: 0, readOnly: 0, healthz: 0 },
      rootDirectory,
      hostnameOverride: nodeName,
      runtime,
      ...(scenario.webhook ? reviews(ground) : {}),
      ...(deviation === undefined ? {} : { deviation }),
    });
    await kubelet.settled;
    double.checkpoint = scenario.checkpoint ?? "ok";
    return { target: describe(kubelet, ground, scenario, double), authority: ground.serving.authority, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configurationOf(
  { manifests, clientAuthorityFile, serving }: Ground,
  { configuration = {} }: Scenario,
): NonNullable<KubeletOptions["configuration"]> {
  const own = {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: "127.0.0.1",
    staticPodPath: manifests,
    tlsCertFile: serving.certificateFile,
    tlsPrivateKeyFile: serving.keyFile,
    authentication: { x509: { clientCAFile: clientAuthorityFile }, anonymous: { enabled: false }, webhook: { enabled: false } },
    authorization: { mode: "AlwaysAllow" },
    runtimeRequestTimeout: `${requestTimeoutSeconds}s`,
    // Alpha and off up to 1.29.
    featureGates: { ContainerCheckpoint: true },
  };
  const { authentication, ...rest } = configuration;
  return { ...own, ...rest, authentication: { ...own.authentication, ...(typeof authentication === "object" ? authentication : {}) } };
}

/** Tokens and rules for users that hold exactly one subresource each. */
function reviews({ identities }: Ground): Pick<KubeletOptions, "tokens" | "authorizationRules"> {
  const users = Object.entries(identities);
  return {
    tokens: users.map(([name, { token, user }]) => ({ token, name: user, uid: `uid-${name}`, groups: ["system:authenticated"] })),
    authorizationRules: users.flatMap(([name, { user }]) =>
      name === "none" ? [] : [{ user, verbs: ["get", "create", "update", "patch", "delete"], resources: [`nodes/${name}`] }],
    ),
  };
}

function describe(kubelet: RunningKubelet, ground: Ground, scenario: Scenario, double: RuntimeDouble): Target {
  const pod = { namespace: podNamespace, pod: `${podName}-${kubelet.nodeName}` };
  const running = { ...pod, container: "running" };
  const [sandbox] = [...double.state.sandboxes.values()];
  const uid = sandbox?.config.metadata?.uid;
  return {
    server: kubelet.urls.main,
    kubernetesVersion: kubelet.kubernetesVersion,
    minor: minorOf(kubelet.kubernetesVersion) ?? kubelet.kubernetesVersion,
    versionSource: "declared",
    ...portsOf(kubelet),
    credentials: ground.administrator,
    identities: scenario.webhook ? ground.identities : {},
    facts: { ...commonFacts, ...scenario.facts },
    running: { ...running, ...(uid === undefined ? {} : { uid }) },
    waiting: { ...pod, container: "waiting" },
    ended: { ...pod, container: "ended" },
    checkpoint: running,
    nodeName: kubelet.nodeName,
    rootDirectory: kubelet.rootDirectory,
    nodeRoot: "/",
    runtime: probe(double),
  };
}

function portsOf({ urls }: RunningKubelet): Pick<Target, "readOnlyPort" | "healthzPort"> {
  return {
    ...(urls.readOnly === undefined ? {} : { readOnlyPort: Number(new URL(urls.readOnly).port) }),
    ...(urls.healthz === undefined ? {} : { healthzPort: Number(new URL(urls.healthz).port) }),
  };
}

function probe(double: RuntimeDouble): RuntimeProbe {
  return {
    requestTimeoutSeconds,
    record: () => {
      double.clearCalls();
      return { checkpointCalls: () => double.calls.filter(({ method }) => method === "CheckpointContainer").map(callOf) };
    },
  };
}

function callOf({ request, deadlineMs }: RuntimeDouble["calls"][number]): CheckpointCall {
  const { containerId, location, timeout } = request;
  return { containerId: String(containerId), location: String(location), timeoutSeconds: Number(timeout), deadlineMs };
}
