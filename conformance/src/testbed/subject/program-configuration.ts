import { join } from "node:path";
import { type Configuration, configurationOf } from "../configuration.ts";
import type { Ground } from "../ground.ts";
import type { Scenario } from "../scenarios.ts";
import type { KubeletProgram } from "./kubelet-program.ts";

export interface ProgramConfigurationOptions {
  ground: Ground;
  scenario: Scenario;
  program: KubeletProgram;
  userNamespace: boolean;
  /** This kubelet's own. */
  directory: string;
  /** The runtime's. */
  endpoint: string;
  ports: { port: number; readOnlyPort: number; healthzPort: number };
}

/** The whole KubeletConfiguration of a kubelet that shares its machine with others. Fields that a minor does not know it ignores. */
export function programConfiguration(options: ProgramConfigurationOptions): Configuration {
  const { ground, scenario, program, userNamespace, directory, endpoint, ports } = options;
  const common = configurationOf(ground, scenario);
  const gates = common["featureGates"];
  return {
    ...common,
    ...ports,
    healthzBindAddress: "127.0.0.1",
    containerRuntimeEndpoint: endpoint,
    // No cgroup is made, and none of anyone else's removed.
    cgroupDriver: "cgroupfs",
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    // Lower needs CAP_SYS_RESOURCE.
    oomScoreAdj: 0,
    makeIPTablesUtilChains: false,
    localStorageCapacityIsolation: false,
    imageGCHighThresholdPercent: 100,
    evictionHard: common["evictionHard"] ?? { "memory.available": "1Mi" },
    podLogsDir: join(directory, "pod-logs"),
    volumePluginDir: join(directory, "volume-plugins"),
    resolvConf: join(directory, "resolv.conf"),
    contentType: "application/json",
    // The reference kubelet does nothing that a user namespace could refuse, and knows no gate for it.
    featureGates: userNamespace && program.kind === "kubelet" ? { ...(gates as object), KubeletInUserNamespace: true } : gates, // configurationOf() set an object.
  };
}
