import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import type { ApiServerAccess } from "../api-server-access.ts";
import { KubeconfigError } from "../kubeconfig-error.ts";
import { followTokenFile } from "./token-file.ts";

export interface InClusterOptions {
  environment: Record<string, string | undefined>;
  /** Where the pod's token and the authority are. Default: where kubelets put them. */
  directory?: string | undefined;
}

const usualDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Whether this runs in a pod that has a service account. */
export function isInCluster({ environment, directory = usualDirectory }: InClusterOptions): boolean {
  return Boolean(environment["KUBERNETES_SERVICE_HOST"]) && existsSync(join(directory, "token")) && existsSync(join(directory, "ca.crt"));
}

/** The API server of the cluster that this runs in, as the pod's service account, whose token is written anew now and then. Throws KubeconfigError. */
export async function inClusterAccess({ environment, directory = usualDirectory }: InClusterOptions): Promise<ApiServerAccess> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = environment;
  if (!host)
    throw new KubeconfigError(
      directory,
      "this runs in no pod of a cluster: KUBERNETES_SERVICE_HOST is not set; name the cluster with --kubeconfig FILE",
    );
  const path = join(directory, "ca.crt");
  const namedBy = "the pod's service account";
  const authority = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KubeconfigError(path, `this file, named by ${namedBy}, cannot be read; leave automountServiceAccountToken on`, { cause });
  });
  return {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    authority,
    ...(await followTokenFile(join(directory, "token"), namedBy)),
  };
}
