/** A device plugin to test kubelets with. */
export {
  createDevicePlugin,
  kubeletSocket,
  pluginFailure,
  type ContainerAllocation,
  type DevicePluginDouble,
  type DevicePluginOptions,
  type PluginCall,
} from "./device-plugin-double.ts";
export type { PluginDevice } from "./plugin-device.ts";
export type { PluginRequest } from "./requests.ts";
