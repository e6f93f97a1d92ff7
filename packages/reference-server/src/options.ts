import type { AuthorizationRule, Authority, Credentials, StaticToken } from "@kubelet-conformance/control-plane";
import type { RuntimeClient } from "@kubelet-conformance/cri";
import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import type { KubeletConfiguration } from "./configuration/configuration.ts";
import type { Deviation } from "./deviations/deviation.ts";
import type { DeviationId } from "./deviations/index.ts";
import type { Logger } from "./log.ts";
import type { NodeOptions } from "./node/node-options.ts";

/** TCP ports to listen on instead of the configuration's; 0 means any free one, which the configuration cannot say. */
export interface ListenerPorts {
  main?: number;
  readOnly?: number;
  healthz?: number;
}

export interface KubeletOptions {
  /** `"1.36"` (stands for the last patch known) or `"v1.36.4"`. */
  kubernetesVersion: string;
  /**
   * Members of a KubeletConfiguration, defaults filled in as the real one does. Without it the kubelet is made to be called at once: it
   * listens on 127.0.0.1, allows every authenticated request, trusts a client CA of its own (`adminCredentials`) and serves a sample pod.
   */
  configuration?: KubeletConfiguration;
  /** Members that beat the configuration's, as a kubelet's flags beat its file; feature gates are merged one by one. */
  overrides?: KubeletConfiguration;
  /** Overrides of the configuration's ports. Without a configuration every port is a free one and there is no read-only port. */
  ports?: ListenerPorts;
  /** Default a directory in the temporary one. A given one is kept. */
  rootDirectory?: string;
  /**
   * Directory in which device plugins meet the kubelet, its own socket being `kubelet.sock`. Default `<rootDirectory>/device-plugins`; a real kubelet's is
   * /var/lib/kubelet/device-plugins, whatever its root directory.
   */
  devicePluginDirectory?: string;
  /**
   * Directory that stands for the node's /var/log: /logs/ serves it, and pods log below it unless `podLogsDir` says otherwise. Default: a private
   * one, but /var/log itself with a runtime at `containerRuntimeEndpoint`, which writes there.
   */
  systemLogsDirectory?: string;
  /** A directory for what does not outlive the kubelet, the caller's to remove. Default: a private one of the system's, removed by `stop()`. */
  temporaryDirectory?: string;
  /** Node name. Default the host's name, lower-case. */
  hostnameOverride?: string;
  /**
   * File or directory of pods as an API server would hand them to this node, beside the static ones. Only such pods have ephemeral
   * containers. Default none.
   */
  apiPodPath?: string;
  /** Minutes east of UTC that names of archives are written in. Default: this process's time zone, as TZ sets it. */
  utcOffsetMinutes?: number;
  /** Where a kubelet without `tlsCertFile` keeps its own certificate. Default `<rootDirectory>/pki`. */
  certDirectory?: string;
  /**
   * A cluster's certificate authority: what the configuration names no file for comes from it, the certificate that the kubelet shows and the CA that clients
   * are checked against. Default: authorities of the kubelet's own.
   */
  authority?: Authority;
  /**
   * The program and its arguments as /debug/pprof/cmdline shows them, and from which /flagz takes the values of flags; nothing else depends on
   * them. Default `kubelet --hostname-override=<node name>`.
   */
  commandLine?: readonly string[];
  /** Log verbosity, as `--v` gives it; shown in /configz. Default 0. */
  verbosity?: number;
  /** Default: the runtime at `containerRuntimeEndpoint`, else a runtime double in this process. `stop()` closes only what it opened. */
  runtime?: RuntimeClient;
  /** Static tokens that stand in for TokenReview; giving any switches webhook authentication on. */
  tokens?: readonly StaticToken[];
  /** Rules that stand in for SubjectAccessReview; needed by `authorization.mode: Webhook`. */
  authorizationRules?: readonly AuthorizationRule[];
  /** The API server that this kubelet registers its node with. Default none: it serves alone. */
  apiServer?: ApiServerAccess;
  /** How the node is registered, beside what the configuration says of it. */
  node?: NodeOptions;
  /** The kubelet's seconds to one of the world's, in what it tells the API server and when. Default 1. */
  timeScale?: number;
  /** Whether what `tokens` and `authorizationRules` stand in for can be reached; asked at each review. Default: always. */
  reviewsReachable?: () => boolean;
  /** A named misbehaviour, by the id of the requirement that it breaks, or one of the caller's own. */
  deviation?: DeviationId | Deviation;
  /** Default: silent. */
  logger?: Logger;
}

export interface RunningKubelet {
  /** Base URLs without a trailing slash, e.g. `https://127.0.0.1:10250`. */
  urls: { main: string; readOnly?: string; healthz?: string };
  /** PEM that the serving certificate verifies against. With `tlsCertFile` it is that file's content. */
  caCertificate: string;
  /** A client certificate of group system:masters; only without a configuration and an authority, when the client CA is the kubelet's own. */
  adminCredentials?: Credentials;
  /** Full version, e.g. `v1.36.4`. */
  kubernetesVersion: string;
  nodeName: string;
  rootDirectory: string;
  /** Fulfilled once every pod is as far as it gets: init containers over, containers started or known not to start. */
  settled: Promise<void>;
  /** Closes listeners and connections, ends the runtime double, removes the temporary root directory. Idempotent. */
  stop(): Promise<void>;
}
