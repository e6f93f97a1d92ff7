/** A typed client of the kubelet's node API. */
export { createKubeletClient, type KubeletClient } from "./client.ts";
export type { CallOptions, Calls, KubeletResult } from "./calls.ts";
export type { CheckpointCreated, CheckpointFailed, CheckpointOptions, CheckpointOutcome } from "./checkpoint.ts";
export type { AttachOptions, ExecOptions } from "./command.ts";
export type { CommandExit, CommandSession } from "./command-session.ts";
export type { ContainerLogsOptions } from "./container-logs.ts";
export { KubeletError, type KubeletErrorCode } from "./kubelet-error.ts";
export type {
  CommonOptions,
  CredentialOptions,
  DirectOptions,
  KubeconfigOptions,
  KubeletClientOptions,
  NodeProxyOptions,
  Pem,
} from "./options.ts";
export type { ForwardedPort, PortForwardOptions } from "./port-forward.ts";
export type { Upgraded } from "./transport.ts";
export type { Upgrade, UpgradeInit, UpgradePath } from "./upgrade.ts";
export { KubeconfigError } from "@kubelet-conformance/control-plane/api-access";
export type { components, operations, paths } from "@kubelet-conformance/types";
