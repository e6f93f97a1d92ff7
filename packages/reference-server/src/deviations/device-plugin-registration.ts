import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { DevicePluginRules } from "../device-plugins/device-manager.ts";
import { usualRules } from "../device-plugins/rules.ts";
import type { Deviation } from "./deviation.ts";

type Refusal = DevicePluginRules["refusal"];
const { refusal } = usualRules;

/** Wrong answers to plugins that register, and wrong ways to reach them. */
export const registrationDeviations = {
  "device-plugins.registration.accepted": {
    summary: "takes no plugin that says nothing of its options",
    devicePlugins: { refusal: (request, known) => (request.hasOptions ? refusal(request, known) : "options are missing") },
  },
  "device-plugins.registration.version-alpha": taking("takes plugins of the API of 1.9", ({ version }) => version.startsWith("v1alpha")),
  "device-plugins.registration.version-later": taking("takes plugins of an API that does not exist yet", ({ version }) =>
    ["v1", "v1beta2"].includes(version),
  ),
  "device-plugins.registration.version-empty": taking("takes plugins without a version", ({ version }) => version === ""),
  "device-plugins.registration.alpha-service": {
    summary: "has the Registration service of 1.9, too",
    devicePlugins: { servesAlpha: true },
  },
  "device-plugins.registration.name-without-domain": taking("takes a resource name without a domain", ({ resourceName }) =>
    /^[^/]+$/.test(resourceName),
  ),
  "device-plugins.registration.name-native": taking("takes resources of Kubernetes' own domain", ({ resourceName }) =>
    resourceName.includes("kubernetes.io/"),
  ),
  "device-plugins.registration.name-requests": taking("takes a resource named as quotas name requests", ({ resourceName }) =>
    resourceName.startsWith("requests."),
  ),
  "device-plugins.registration.name-malformed": taking("takes whatever has a domain for a resource's name", ({ resourceName }) =>
    /^vendor\.example\//i.test(resourceName),
  ),
  "device-plugins.registration.name-empty": taking("takes a plugin without a resource", ({ resourceName }) => resourceName === ""),
  "device-plugins.registration.name-forms": {
    summary: "takes a resource's type for a DNS label",
    devicePlugins: {
      refusal: (request, known) =>
        refusal(request, known) ??
        (/\/[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(request.resourceName)
          ? undefined
          : `the ResourceName "${request.resourceName}" is invalid`),
    },
  },
  "device-plugins.registration.version-first": {
    summary: "looks at the name before the version",
    devicePlugins: {
      refusal: (request, known) => refusal({ ...request, version: "v1beta1" }, known) ?? refusal(request, known),
    },
  },
  "device-plugins.registration.refused-unasked": {
    summary: "calls plugins before it decides about them",
    devicePlugins: { callsFirst: true },
  },
  "device-plugins.endpoint.options-first": {
    summary: "asks for a plugin's options after it has accepted it",
    devicePlugins: { waitsForOptions: false },
  },
  "device-plugins.endpoint.options-missing": {
    summary: "takes plugins that have no options",
    devicePlugins: { needsOptions: false },
  },
  "device-plugins.endpoint.absent": {
    summary: "takes a plugin whose socket is not there",
    devicePlugins: { needsSocket: false, needsOptions: false },
  },
  "device-plugins.endpoint.patience": {
    summary: "looks for a plugin's socket for a second only",
    wait: (what, milliseconds) => (what === "device-plugin-dial" ? milliseconds / 10 : milliseconds),
  },
  "device-plugins.endpoint.replaced": {
    summary: "stays with the first of two plugins of a resource",
    devicePlugins: { takesNewest: false },
  },
  "device-plugins.endpoint.registered-twice": {
    summary: "gives a plugin up that registers once more",
    devicePlugins: { keepsRegisteredTwice: false },
  },
  "device-plugins.metrics.registrations": {
    summary: "counts each registration twice",
    devicePlugins: { countedAs: (isRefused) => (isRefused ? 1 : 2) },
  },
  "device-plugins.metrics.refused": {
    summary: "counts accepted registrations only",
    devicePlugins: { countedAs: (isRefused) => (isRefused ? 0 : 1) },
  },
  "device-plugins.metrics.allocations": {
    summary: "does not time allocations",
    devicePlugins: { timesAllocations: false },
  },
} satisfies Partial<Record<ObservableRequirementId["device-plugins"], Deviation>>;

/** Takes registrations that a kubelet refuses. */
function taking(summary: string, is: (request: Parameters<Refusal>[0]) => boolean): Deviation {
  return { summary, devicePlugins: { refusal: (request, known) => (is(request) ? undefined : refusal(request, known)) } };
}
