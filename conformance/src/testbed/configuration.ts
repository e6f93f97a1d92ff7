import type { Ground } from "./ground.ts";
import type { Scenario } from "./scenarios.ts";

/** The kubelet's runtimeRequestTimeout, unless a scenario has its own. In whole seconds. */
const requestTimeout = "120s";

/** The runtimeRequestTimeout that a kubelet has in this scenario. */
export function requestTimeoutSeconds({ configuration = {} }: Scenario): number {
  const { runtimeRequestTimeout: own } = configuration;
  return Number.parseInt(typeof own === "string" ? own : requestTimeout, 10);
}

export type Configuration = Readonly<Record<string, unknown>>;

/** The KubeletConfiguration of a scenario, as far as it is the same for every kind of kubelet. */
export function configurationOf({ manifests, clientAuthorityFile, serving }: Ground, { configuration = {} }: Scenario): Configuration {
  const own = {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: "127.0.0.1",
    staticPodPath: manifests,
    tlsCertFile: serving.certificateFile,
    tlsPrivateKeyFile: serving.keyFile,
    authentication: { x509: { clientCAFile: clientAuthorityFile }, anonymous: { enabled: false }, webhook: { enabled: false } },
    authorization: { mode: "AlwaysAllow" },
    runtimeRequestTimeout: requestTimeout,
    // Alpha and off up to 1.29.
    featureGates: { ContainerCheckpoint: true },
  };
  return { ...own, ...configuration, authentication: { ...own.authentication, ...objectOf(configuration["authentication"]) } };
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
