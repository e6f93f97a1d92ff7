import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { PodResourcesRules } from "../pod-resources/rules.ts";
import type { Deviation } from "./deviation.ts";

/** Wrong things to tell monitoring. */
export const monitoringDeviations = {
  "device-plugins.pod-resources.pods": telling("tells monitoring only of pods with devices", {
    lists: (_pod, devices) => devices.length > 0,
  }),
  "device-plugins.pod-resources.devices": telling("tells monitoring of one device of a container only", {
    listed: (devices) => devices.slice(0, 1),
  }),
  "device-plugins.pod-resources.sidecars": telling("tells monitoring of no sidecar", { containers: ({ containers }) => containers }),
  "device-plugins.pod-resources.topology": telling("keeps the places of devices from monitoring", { numaNodes: () => [] }),
  "device-plugins.pod-resources.ended": telling("tells monitoring of the devices that pods had which are over", { forgetsEnded: false }),
  "device-plugins.pod-resources.allocatable": telling("takes devices for no longer allocatable that a container has", {
    allocatable: ({ isHealthy, isTaken }) => isHealthy && !isTaken,
  }),
  "device-plugins.pod-resources.allocatable-healthy": telling("takes unhealthy devices for allocatable", { allocatable: () => true }),
  "device-plugins.pod-resources.get": telling("names a pod's containers without their devices when it is asked for that pod", {
    got: () => [],
  }),
  "device-plugins.pod-resources.get-unknown": telling("invents the pod that it is asked for", { refusesUnknown: false }),
  "device-plugins.pod-resources.alpha": telling("does not answer monitoring of 1.19", { servesAlpha: false }),
  "device-plugins.pod-resources.counted": telling("does not count who monitors devices", { counts: false }),
} satisfies Partial<Record<ObservableRequirementId["device-plugins"], Deviation>>;

function telling(summary: string, podResources: Partial<PodResourcesRules>): Deviation {
  return { summary, podResources };
}
