/** The kubelet's device plugin API (v1beta1): the generated messages, both sides of a registration, and how a kubelet calls plugins. */
export * from "./generated/v1beta1/api_pb.ts";
export { decodeAllocation, emptyAllocation, encodeAllocation } from "./allocation-bytes.ts";
export { healthy, supportedVersion } from "./constants.ts";
export { pluginClient, type PluginClient } from "./plugin-client.ts";
export { register, type RegisterOptions, type RegistrationAnswer, type RegistrationDetails } from "./register.ts";
export { RegistrationRefusal, serveRegistration, type RegistrationRequest, type ServeRegistrationOptions } from "./serve-registration.ts";
