/** How clients find an API server and prove who they are, without the server double. */
export { accessProblem, type ApiCredentials, type ApiServerAccess } from "./api-server-access.ts";
export { KubeconfigError } from "./kubeconfig-error.ts";
export { followTokenFile } from "./kubeconfig-reading/token-file.ts";
export { readKubeconfig, type ReadKubeconfigOptions } from "./read-kubeconfig.ts";
