import { existsSync } from "node:fs";
import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import { UsageError } from "../errors.ts";

/** Where clusters may be named besides flags. */
export interface ClusterPlaces {
  environment: Record<string, string | undefined>;
  /** Where a pod's service account is. Default: where kubelets put it. */
  serviceAccount?: string;
}

/** The flags that name a cluster. */
export interface ClusterFlags {
  kubeconfig: string | undefined;
  context: string | undefined;
  "in-cluster": boolean;
}

/** A cluster, and whether this runs in a pod of it. */
export interface NamedCluster {
  access: ApiServerAccess;
  inCluster: boolean;
}

/**
 * The cluster that flags name, or else KUBECONFIG or `~/.kube/config`, where `wanted`, or the pod that this runs in, in this order; undefined: nobody names
 * one. Throws a UsageError for flags that do not go together, a KubeconfigError where it cannot be used.
 */
export async function findCluster(
  { kubeconfig, context, "in-cluster": inCluster }: ClusterFlags,
  wanted: boolean,
  { environment, serviceAccount: directory }: ClusterPlaces,
  signal: AbortSignal,
): Promise<NamedCluster | undefined> {
  const other = kubeconfig === undefined ? (context === undefined ? undefined : "context") : "kubeconfig";
  if (inCluster && other !== undefined)
    throw new UsageError("flags-conflict", `--in-cluster and --${other} name two clusters; give one of them`);
  const { defaultKubeconfigs, inClusterAccess, isInCluster, readKubeconfig } = await import("@kubelet-conformance/control-plane");
  const read = async (paths: string | readonly string[]): Promise<NamedCluster> => ({
    access: await readKubeconfig(paths, { context, signal }),
    inCluster: false,
  });
  if (kubeconfig !== undefined) return read(kubeconfig);
  const pod = { environment, directory };
  const usual = defaultKubeconfigs(environment);
  if (!inCluster && wanted && usual.some((path) => existsSync(path))) return read(usual);
  return inCluster || isInCluster(pod) ? { access: await inClusterAccess(pod), inCluster: true } : undefined;
}
