import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { lstat, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { usualRules } from "../device-plugins/rules.ts";
import type { Deviation } from "./deviation.ts";

const { refusal, removes } = usualRules;

/** Where a kubelet listens whose kubelet.sock only leads there. */
const beside = (path: string): string => join(dirname(path), `.${basename(path)}`);

/** Wrong ways to begin again; the last two are about the socket itself. */
export const restartDeviations = {
  "device-plugins.restart.sockets-removed": {
    summary: "leaves the sockets of plugins where they are when it starts",
    devicePlugins: { removes: (kind, files) => kind !== "socket" && removes(kind, files) },
  },
  "device-plugins.restart.other-files": {
    summary: "treats other files than sockets as kubelets of other minors do",
    devicePlugins: { removes: (kind, files) => removes(kind, files === "kept" ? "removed" : "kept") },
  },
  "device-plugins.restart.directories": {
    summary: "removes directories, too",
    devicePlugins: { removes: (kind, files) => kind === "directory" || removes(kind, files) },
  },
  "device-plugins.restart.unallocatable": {
    summary: "takes the devices for allocatable that there were before it started",
    devicePlugins: { afterRestart: (earlier) => ({ capacity: earlier, allocatable: earlier }) },
  },
  "device-plugins.restart.registered-again": {
    summary: "takes no plugin of a resource that it knew before it was restarted",
    devicePlugins: {
      refusal: (request, known) => (known.has(request.resourceName) ? "the resource is known already" : refusal(request, known)),
    },
  },
  "device-plugins.restart.pods-keep": {
    summary: "forgets over a restart which devices its pods have",
    devicePlugins: { remembersAllocations: false },
  },
  "device-plugins.restart.socket": {
    summary: "keeps the name of its socket when it is restarted, and listens at another one",
    devicePlugins: {
      socket: beside,
      afterStart: async (path) => void (await symlink(beside(path), path).catch(() => lstat(path))),
    },
  },
  "device-plugins.socket.registration": {
    summary: "listens at another name than kubelet.sock, which only leads there",
    devicePlugins: { socket: beside, afterStart: (path) => symlink(beside(path), path) },
  },
} satisfies Partial<Record<ObservableRequirementId["device-plugins"], Deviation>>;
