import { grpcErrorText } from "@kubelet-conformance/cri/grpc";
import { RegistrationRefusal, supportedVersion } from "@kubelet-conformance/device-plugin";
import { type PluginInfo, registrationClient } from "@kubelet-conformance/device-plugin/plugin-registration";
import type { Clock } from "../clock.ts";
import type { DeviceManager } from "../device-plugins/device-manager.ts";
import { isExtendedResourceName } from "../device-plugins/resource-name.ts";
import type { Logger } from "../log.ts";
import { watchDirectories } from "./directory-changes.ts";
import { findSockets } from "./find-sockets.ts";
import { type PluginWatcherRules, usualWatcher } from "./rules.ts";

export interface PluginWatcherOptions {
  /** The kubelet's plugins_registry. */
  directory: string;
  devices: Pick<DeviceManager, "connect" | "disconnect">;
  clock: Clock;
  logger: Logger;
  /** What a deviation makes of the rules. */
  rules?: Partial<PluginWatcherRules> | undefined;
}

/** The kubelet's reconciler looks so often (pkg/kubelet/pluginmanager/plugin_manager.go, loopSleepDuration). */
const lookMs = 1_000;
const infoMs = 1_000;

/** What is known of a socket that was found. */
interface Found {
  identity: string;
  /** Ends what its device plugin has; absent: it is none, or not yet registered. */
  disconnect?: () => void;
}

/**
 * Registers the device plugins whose sockets appear in the directory, and gives up those whose sockets go. This kubelet has no use for plugins of
 * other types, which it refuses as kubelets refuse a type that they do not know.
 */
export function startPluginWatcher({ directory, devices, clock, logger, rules: given }: PluginWatcherOptions): { stop(): Promise<void> } {
  const rules = { ...usualWatcher, ...given };
  const stopped = new AbortController();
  const known = new Map<string, Found>();
  const change = watchDirectories();

  async function register(path: string, found: Found): Promise<void> {
    const client = registrationClient(path);
    try {
      const info = await client.info(infoMs);
      const refusal = refusalOf(info, path, rules);
      if (refusal !== undefined) return await client.notify(false, `RegisterPlugin error -- ${refusal}`);
      if (info.type === devicePlugin) {
        const plugin = await devices.connect(info.name, info.endpoint || path);
        found.disconnect = () => devices.disconnect(info.name, plugin);
        // Its socket has gone meanwhile.
        if (known.get(path) !== found) found.disconnect();
      }
      if (rules.tells) await client.notify(true, "");
    } catch (error) {
      if (!(error instanceof RegistrationRefusal)) throw error;
      await client.notify(false, `RegisterPlugin error -- plugin registration failed with err: ${error.message}`);
    } finally {
      client.close();
    }
  }

  async function look(): Promise<void> {
    if (!change.isPossible()) return;
    const { sockets, directories } = await findSockets(directory, rules);
    change.seen(directories);
    for (const [path, { identity, disconnect }] of known) {
      if (sockets.get(path) === identity || (!rules.forgets && !sockets.has(path))) continue;
      known.delete(path);
      disconnect?.();
    }
    for (const [path, identity] of sockets) {
      if (known.has(path)) continue;
      const found: Found = { identity };
      known.set(path, found);
      register(path, found).catch((error: unknown) => logger.info(`plugin at ${path}: ${grpcErrorText(error)}`));
    }
  }

  const looking = (async () => {
    while (!stopped.signal.aborted) {
      await look();
      await clock.wait("plugin-watch", lookMs, stopped.signal).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await looking;
    },
  };
}

const devicePlugin = "DevicePlugin";

/** Why a plugin is not registered, in the kubelet's words; undefined: it is. */
function refusalOf({ type, name, supportedVersions }: PluginInfo, path: string, rules: PluginWatcherRules): string | undefined {
  if (type !== devicePlugin) return rules.refusesTypes ? `no handler registered for plugin type: ${type} at socket ${path}` : undefined;
  const invalid = "plugin validation failed with err: ";
  if (rules.refusesVersions && !supportedVersions.includes(supportedVersion))
    return `${invalid}manager version, ${supportedVersion}, is not among plugin supported versions [${supportedVersions.join(" ")}]`;
  if (rules.refusesNames && !isExtendedResourceName(name))
    return `${invalid}invalid name of device plugin socket: the ResourceName ${JSON.stringify(name)} is invalid`;
  return undefined;
}
