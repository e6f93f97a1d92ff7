import { createClient } from "@connectrpc/connect";
import { socketTransport } from "@kubelet-conformance/cri/grpc";
import { type PluginInfo, Registration } from "../generated/plugin-registration/v1/api_pb.ts";

/** A plugin as a kubelet registers it. What fails rejects with the plugin's ConnectError. */
export interface RegistrationClient {
  info(timeoutMs: number): Promise<PluginInfo>;
  /** Tells it how its registration ended; `error` is empty when it is registered. */
  notify(pluginRegistered: boolean, error: string): Promise<void>;
  close(): void;
}

/** Dials with the first call. */
export function registrationClient(socketPath: string): RegistrationClient {
  const transport = socketTransport(socketPath);
  const client = createClient(Registration, transport);
  return {
    info: (timeoutMs) => client.getInfo({}, { timeoutMs }),
    notify: async (pluginRegistered, error) => void (await client.notifyRegistrationStatus({ pluginRegistered, error })),
    close: () => transport.close(),
  };
}
