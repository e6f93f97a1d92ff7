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
 * The cluster that flags name, or else KUBECONFIG or `~/.kube/config`, where the flag `asking` needs one, or the pod that this runs in, in this order;
 * undefined: nobody names one, and no flag needs it. Throws a UsageError for flags that do not go together, a KubeconfigError where it cannot be used.
 */
export async function findCluster(
  { kubeconfig, context, "in-cluster": inCluster }: ClusterFlags,
  asking: string | undefined,
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
  if (!inCluster && asking !== undefined && usual.some((path) => existsSync(path))) return read(usual);
  if (inCluster || isInCluster(pod)) return { access: await inClusterAccess(pod), inCluster: true };
  if (asking === undefined) return undefined;
  throw new UsageError("kubeconfig-missing", `--${asking} needs to know the cluster: --kubeconfig FILE; there is no ~/.kube/config either`);
}

/** Throws where kubelets are to be asked themselves as somebody whom only the API server knows. */
export function requireOwnIdentity({ impersonation }: ApiServerAccess, flag: "direct" | "differential"): void {
  if (impersonation)
    throw new UsageError(
      "flags-conflict",
      `--${flag}: the kubeconfig's user acts as another, which kubelets know nothing of; choose a --context without "as"`,
    );
}
