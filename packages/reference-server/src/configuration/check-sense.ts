import { unknownCipherSuite } from "./cipher-suites.ts";
import type { Refuse } from "./check-shape.ts";
import type { EffectiveConfiguration } from "./effective.ts";
import type { FeatureGates } from "./feature-gates.ts";

export interface Circumstances {
  gates: FeatureGates;
  /** There is an API server, or authorization rules in its place. */
  hasReviews: boolean;
}

/** Refuses members that contradict each other or cannot be honoured, as ValidateKubeletConfiguration and the kubelet's start do. */
export function checkSense(configuration: EffectiveConfiguration, { gates, hasReviews }: Circumstances, refuse: Refuse): void {
  const { port, readOnlyPort, healthzPort } = configuration;
  if (readOnlyPort !== 0 && readOnlyPort === port) refuse(["readOnlyPort"], `is ${readOnlyPort}, the same as port`);
  if (healthzPort !== 0 && healthzPort === port) refuse(["healthzPort"], `is ${healthzPort}, the same as port`);
  if (healthzPort !== 0 && healthzPort === readOnlyPort) refuse(["healthzPort"], `is ${healthzPort}, the same as readOnlyPort`);
  if (configuration.imageGCLowThresholdPercent >= configuration.imageGCHighThresholdPercent) {
    refuse(["imageGCLowThresholdPercent"], "must be below imageGCHighThresholdPercent");
  }
  if (configuration.enableSystemLogQuery && !gates.enabled("NodeLogQuery")) {
    refuse(["enableSystemLogQuery"], "needs the feature gate NodeLogQuery");
  }
  if (configuration.enableSystemLogQuery && !configuration.enableSystemLogHandler) {
    refuse(["enableSystemLogQuery"], "needs enableSystemLogHandler: true");
  }
  if ((configuration.tlsCertFile === undefined) !== (configuration.tlsPrivateKeyFile === undefined)) {
    const missing = configuration.tlsCertFile === undefined ? "tlsCertFile" : "tlsPrivateKeyFile";
    refuse([missing], "tlsCertFile and tlsPrivateKeyFile belong together; one is missing");
  }
  const unknownSuite = unknownCipherSuite(configuration.tlsCipherSuites);
  if (unknownSuite !== undefined) refuse(["tlsCipherSuites"], `Cipher suite ${unknownSuite} not supported or doesn't exist`);
  if (configuration.authorization.mode === "Webhook" && !hasReviews) {
    refuse(
      ["authorization", "mode"],
      "Webhook (the default) needs an API server; give --kubeconfig FILE, or --authorization-rules FILE in its place, or set mode: AlwaysAllow",
    );
  }
  if (configuration.runtimeRequestTimeoutMs <= 0) refuse(["runtimeRequestTimeout"], "must be greater than 0");
}
