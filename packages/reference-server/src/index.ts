/** The reference kubelet: answers over HTTP as the real kubelet of a chosen Kubernetes minor does. */
export { startKubelet } from "./kubelet.ts";
export { startFleet, type FleetOptions, type RunningFleet } from "./fleet.ts";
export type { KubeletOptions, ListenerPorts, RunningKubelet } from "./options.ts";
export type { KubeletConfiguration } from "./configuration/configuration.ts";
export { readKubeconfig, type ApiServerAccess, type AuthorizationRule, type StaticToken } from "@kubelet-conformance/control-plane";
export { countingFlags } from "./cli/flags-of-minor.ts";
export type { Deviation } from "./deviations/deviation.ts";
export { deviations, type DeviationId, resolveDeviation } from "./deviations/index.ts";
export type { Handler, KubeletAnswer, KubeletRequest } from "./http/message.ts";
export { silentLogger, streamLogger, type Logger } from "./log.ts";
export type { NodeOptions } from "./node/node-options.ts";
