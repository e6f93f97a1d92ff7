/**
 * The members of a KubeletConfiguration (kubelet.config.k8s.io/v1beta1) that this kubelet acts on. Every other member that a covered
 * minor knows may be there, too: it is checked and shown in /configz.
 */
export interface KubeletConfiguration {
  apiVersion?: string;
  kind?: string;
  /** Default 0.0.0.0. */
  address?: string;
  /** Default 10250; 0 means the default. */
  port?: number;
  /** Default 0: no read-only listener. */
  readOnlyPort?: number;
  /** Default 10248; 0: no healthz listener. */
  healthzPort?: number;
  /** Default 127.0.0.1. */
  healthzBindAddress?: string;
  /** Default true. */
  enableServer?: boolean;
  tlsCertFile?: string;
  tlsPrivateKeyFile?: string;
  tlsCipherSuites?: readonly string[];
  tlsMinVersion?: string;
  authentication?: {
    x509?: { clientCAFile?: string };
    webhook?: { enabled?: boolean; cacheTTL?: string };
    anonymous?: { enabled?: boolean };
  };
  authorization?: {
    /** Default Webhook, which needs authorization rules here. */
    mode?: string;
    webhook?: { cacheAuthorizedTTL?: string; cacheUnauthorizedTTL?: string };
  };
  enableDebuggingHandlers?: boolean;
  enableSystemLogHandler?: boolean;
  enableSystemLogQuery?: boolean;
  enableProfilingHandler?: boolean;
  enableDebugFlagsHandler?: boolean;
  /** File or directory with pod manifests. */
  staticPodPath?: string;
  /** Default `/var/log/pods`; a directory under the root directory when this kubelet runs on a double. */
  podLogsDir?: string;
  /** How long a call to the runtime may take, and the least that a checkpoint gets. Default 2m. */
  runtimeRequestTimeout?: string;
  /** `unix:///path` of the container runtime. */
  containerRuntimeEndpoint?: string;
  featureGates?: Readonly<Record<string, boolean>>;
  readonly [member: string]: unknown;
}

/** A configuration that a kubelet refuses: names the field, the line when known, and what is wrong with it. */
export class ConfigurationError extends Error {
  readonly code = "KUBELET_CONFIGURATION";
  readonly field: string;

  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.field = field;
  }
}
