import type { Scenario } from "./scenario.ts";

/** Areas of what a kubelet is to its API server and to device plugins, which these scenarios decide. */
export const nodeAreas: readonly string[] = ["runtime", "node-labels", "node-status", "heartbeat", "device-plugins"];

/** The kubelet registers its node with an API server's double, or takes device plugins. Periods are short, so that checks need not wait. */
export const nodeScenarios: readonly Scenario[] = [
  {
    name: "node",
    title: "a node that the kubelet registers by itself",
    node: { timeScale: 10 },
    configuration: { nodeStatusUpdateFrequency: "1s", nodeStatusReportFrequency: "1s", nodeLeaseDurationSeconds: 4 },
    decides: ({ area }) => area === "node-labels" || area === "node-status" || area === "runtime",
  },
  {
    name: "heartbeat",
    title: "lease and status in short periods, and an API server that fails now and then",
    node: { timeScale: 10 },
    configuration: { nodeStatusUpdateFrequency: "1s", nodeStatusReportFrequency: "4s", nodeLeaseDurationSeconds: 4 },
    decides: ({ area, needs = [] }) => area === "heartbeat" && !needs.includes("long-outage"),
  },
  {
    name: "heartbeat-outage",
    title: "an API server that fails for half a minute (with --long-checks, except on the reference kubelet)",
    node: { timeScale: 20 },
    configuration: { nodeStatusUpdateFrequency: "1s", nodeLeaseDurationSeconds: 4 },
    decides: ({ area, needs = [] }) => area === "heartbeat" && needs.includes("long-outage"),
  },
  devicePlugins(
    "device-plugins",
    "device plugins of all kinds",
    5,
    (needs) => !needs.includes("five-minutes") && !needs.includes("kubelet-restart"),
  ),
  // All about one restart.
  devicePlugins("device-plugins-restart", "a device plugin, and a kubelet that is restarted", 5, (needs) =>
    needs.includes("kubelet-restart"),
  ),
  devicePlugins("device-plugins-gone", "a device plugin that stays away", 100, (needs) => needs.includes("five-minutes")),
];

/** The kubelet writes its node's status every second, so that what a plugin says shows soon. */
function devicePlugins(name: string, title: string, timeScale: number, decides: (needs: readonly string[]) => boolean): Scenario {
  return {
    name,
    title,
    node: { timeScale },
    devicePlugins: true,
    configuration: { nodeStatusUpdateFrequency: "1s", nodeStatusReportFrequency: "1s" },
    decides: ({ area, needs = [] }) => area === "device-plugins" && decides(needs),
  };
}
