/** What a kubelet decides about plugins whose sockets it finds. A deviation replaces one of these. */
export interface PluginWatcherRules {
  /** Whether a directory below is looked into. */
  looksBelow: boolean;
  /** Whether a file of this name is looked at. */
  looksAt: (name: string) => boolean;
  /** Whether a plugin is told that it is registered. */
  tells: boolean;
  /** Whether a plugin of an unknown type is told that it is not. */
  refusesTypes: boolean;
  refusesVersions: boolean;
  refusesNames: boolean;
  /** Whether a socket that is made anew is another one. */
  tellsApart: boolean;
  /** Whether a plugin is given up whose socket is gone. */
  forgets: boolean;
}

/** As kubelets decide. */
export const usualWatcher: PluginWatcherRules = {
  looksBelow: true,
  looksAt: (name) => !name.startsWith("."),
  tells: true,
  refusesTypes: true,
  refusesVersions: true,
  refusesNames: true,
  tellsApart: true,
  forgets: true,
};
