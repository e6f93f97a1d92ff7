import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { PluginWatcherRules } from "../plugin-watcher/rules.ts";
import type { Deviation } from "./deviation.ts";

/** Wrong ways to treat plugins whose sockets the kubelet finds. */
export const watcherDeviations = {
  "device-plugins.watcher.registered": watching("does not tell a plugin that it is registered", { tells: false }),
  "device-plugins.watcher.subdirectory": watching("looks for plugins in plugins_registry itself only", { looksBelow: false }),
  "device-plugins.watcher.hidden": watching("takes hidden sockets for plugins'", { looksAt: () => true }),
  "device-plugins.watcher.unknown-type": watching("tells plugins of any type that they are registered", { refusesTypes: false }),
  "device-plugins.watcher.version": watching("takes device plugins whatever their versions", { refusesVersions: false }),
  "device-plugins.watcher.name": watching("takes device plugins whatever their names", { refusesNames: false }),
  "device-plugins.watcher.again": watching("takes a socket that is made anew for the old one", { tellsApart: false }),
  "device-plugins.watcher.gone": watching("keeps plugins whose registration sockets are gone", { forgets: false }),
} satisfies Partial<Record<ObservableRequirementId["device-plugins"], Deviation>>;

function watching(summary: string, pluginWatcher: Partial<PluginWatcherRules>): Deviation {
  return { summary, pluginWatcher };
}
