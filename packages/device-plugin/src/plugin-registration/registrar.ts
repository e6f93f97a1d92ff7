import { createCallLog, serveSocket, type ServedSocket } from "@kubelet-conformance/cri/grpc";
import { Registration } from "../generated/plugin-registration/v1/api_pb.ts";

/** What a plugin says of itself. */
export interface RegistrarInfo {
  /** `CSIPlugin`, `DRAPlugin` or `DevicePlugin`. */
  type: string;
  name: string;
  supportedVersions: readonly string[];
  /** Path of the socket on which the plugin serves. Default: the registrar's own. */
  endpoint?: string;
}

/** What the kubelet said of a registration. */
export interface RegistrationStatusSeen {
  registered: boolean;
  error: string;
}

/** The part of a plugin that is in plugins_registry: it only says where the plugin is, as CSI's node-driver-registrar does. */
export interface Registrar {
  readonly socketPath: string;
  /** How often the kubelet has asked who it is. */
  readonly asked: number;
  /** How its next registration ends, or the first one if that has ended. Rejects when aborted or closed. */
  status(signal: AbortSignal): Promise<RegistrationStatusSeen>;
  /** Waits until it has been asked so often. Rejects when aborted or closed. */
  askedTimes(count: number, signal: AbortSignal): Promise<void>;
  /** Listens on its socket. Rejects with SocketError. */
  serve(): Promise<void>;
  /** Goes away, and its socket with it; it may serve again. Idempotent. */
  leave(): Promise<void>;
  /** Goes away for good. */
  close(): Promise<void>;
}

export function createRegistrar(socketPath: string, { type, name, supportedVersions, endpoint = "" }: RegistrarInfo): Registrar {
  const log = createCallLog((message): RegistrationStatusSeen => {
    // Of the two messages one has these members.
    const { pluginRegistered = false, error = "" } = message as { pluginRegistered?: boolean; error?: string };
    return { registered: pluginRegistered, error };
  });
  const asked = (): number => log.counts.get("GetInfo") ?? 0;
  let served: ServedSocket | undefined;
  const leave = async (): Promise<void> => {
    await served?.stop();
    served = undefined;
  };
  return {
    socketPath,
    get asked() {
      return asked();
    },
    async status(signal) {
      const known = log.calls.find(({ method }) => method === "NotifyRegistrationStatus");
      return (known ?? (await log.next("NotifyRegistrationStatus", signal))).request;
    },
    async askedTimes(count, signal) {
      while (asked() < count) await log.next("GetInfo", signal);
    },
    async serve() {
      const answers = {
        getInfo: () => ({ type, name, endpoint, supportedVersions: [...supportedVersions] }),
        notifyRegistrationStatus: () => ({}),
      };
      served ??= await serveSocket((router) => router.service(Registration, answers, { interceptors: [log.interceptor] }), socketPath);
    },
    leave,
    async close() {
      log.close();
      await leave();
    },
  };
}
