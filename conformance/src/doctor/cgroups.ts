import { type Finding, finding, pages } from "./finding.ts";

/** From here on a kubelet on cgroup v1 does not start unless it is told to. */
export const failsOnCgroupV1 = 35;
/** From here on it takes its cgroup driver from the runtime, where that tells it. */
const takesDriver = 31;

export interface CgroupView {
  /** Undefined: unknown. */
  version: 1 | 2 | undefined;
  /** The kubelet's; undefined: unknown. */
  minor: number | undefined;
  /** Undefined: not set. */
  failCgroupV1: boolean | undefined;
}

export function ofCgroupVersion({ version, minor, failCgroupV1 }: CgroupView): Finding[] {
  if (version === 2) return [finding("ok", "cgroup.version", "the node has cgroup v2")];
  if (version === undefined) return [];
  const steps = [{ text: "move the node to cgroup v2", link: pages.cgroups }];
  if (failCgroupV1 === false)
    return [
      finding(
        "soon",
        "cgroup.version",
        "the node has cgroup v1, on which failCgroupV1: false keeps its kubelet; Kubernetes has announced its end",
        steps,
      ),
    ];
  const needs = { text: "until then, failCgroupV1: false in the kubelet's configuration", link: pages.kubeletConfiguration };
  if (minor !== undefined && minor >= failsOnCgroupV1)
    return [
      finding("to-do", "cgroup.version", `the node has cgroup v1, on which a kubelet of 1.${minor} does not start by itself`, [
        ...steps,
        needs,
      ]),
    ];
  return [
    finding("soon", "cgroup.version", `the node has cgroup v1, on which kubelets from 1.${failsOnCgroupV1} on do not start by themselves`, [
      ...steps,
      needs,
    ]),
  ];
}

/** What two programs that manage the same cgroups must agree on. `undefined`: unknown. */
export function ofCgroupDrivers(kubelet: string | undefined, runtime: string | undefined, minor: number | undefined): Finding[] {
  if (kubelet === undefined || runtime === undefined || minor === undefined || minor >= takesDriver) return [];
  if (kubelet === runtime) return [finding("ok", "cgroup.driver", `kubelet and runtime both use the cgroup driver ${kubelet}`)];
  const text = `the kubelet uses the cgroup driver ${kubelet}, its runtime ${runtime}: the node becomes unstable under load`;
  return [
    finding("to-do", "cgroup.driver", text, [
      { text: "configure both alike, systemd where systemd runs the node", link: pages.cgroupDrivers },
    ]),
  ];
}
