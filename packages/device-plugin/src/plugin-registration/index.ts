/** How a kubelet registers a plugin whose socket it finds in plugins_registry: the kubelet's side, and a plugin's to test kubelets with. */
export type { PluginInfo } from "../generated/plugin-registration/v1/api_pb.ts";
export { createRegistrar, type Registrar, type RegistrarInfo, type RegistrationStatusSeen } from "./registrar.ts";
export { registrationClient, type RegistrationClient } from "./registration-client.ts";
