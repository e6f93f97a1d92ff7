/** What a kubelet needs of a control plane: an API-server double, and certificates. */
export type { Access } from "./access/access.ts";
export { concerns, grants, type AuthorizationRule, type StaticToken } from "./access/rules.ts";
export { isObject, objectAt, objectsAt, textAt, textOf, type Json, type JsonObject, type KubeObject, type ObjectMeta } from "./api/json.ts";
export { apiVersionOf, resourceOf, type Resource, type ResourceName } from "./api/resources.ts";
export { ApiError } from "./api/status-error.ts";
export type { Verb } from "./api/target.ts";
export { startControlPlane, type ClientIdentity, type ControlPlane, type ControlPlaneOptions, type Faults } from "./control-plane.ts";
export type { ActiveFault, Fault, FaultEffect } from "./faults.ts";
export { createAuthority, createSelfSigned } from "./pki.ts";
export type { Authority, AuthorityOptions, Credentials, IssueOptions } from "./pki.ts";
export { KubeconfigError, readKubeconfig, type ApiServerAccess, type ReadKubeconfigOptions } from "./read-kubeconfig.ts";
export type { RecordedRequest, RequestFilter, RequestLog } from "./request-log.ts";
export { conditionOf, seedNode, seedPod, type SeedNodeOptions, type SeedPodOptions } from "./seed.ts";
export type { ClusterState, ObjectRef } from "./state/cluster-state.ts";
export { podSpecDefaults } from "./state/pod-defaults.ts";
export type { DeleteOptions } from "./state/deletion.ts";
export type { WaitOptions } from "./state/signal.ts";
export { writePem } from "./write-pem.ts";
