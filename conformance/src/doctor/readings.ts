import { textAt } from "@kubelet-conformance/control-plane";
import { minorOf } from "@kubelet-conformance/spec";
import { gateFacts, gatesInMetrics, parseConfiguration } from "../target/facts.ts";
import { samples } from "../target/prometheus.ts";
import { failsOnCgroupV1, ofCgroupVersion } from "./cgroups.ts";
import { type Configuration, ofConfiguration } from "./configuration.ts";
import type { Finding } from "./finding.ts";
import { partsOf, supportOf } from "./kubelet-version.ts";
import { type Answers, bodyOf } from "./questions.ts";
import { ofHealth } from "./routes.ts";

/** What a kubelet's answers tell of it. */
export interface Readings {
  /** Empty: unknown. */
  kubeletVersion: string;
  cgroupDriver: string | undefined;
  configuration: Configuration | undefined;
  /** Whether the gate ContainerCheckpoint is on; undefined: unknown. */
  gate: boolean | undefined;
  findings: Finding[];
}

/** Reads answers, whoever carried them. `known`: the version where they do not tell it. */
export function readAnswers(answers: Pick<Answers, "configuration" | "metrics" | "health">, known = ""): Readings {
  const metrics = bodyOf(answers.metrics);
  const version = samples(metrics, "kubernetes_build_info")[0]?.labels["git_version"] ?? known;
  const parsed = parseConfiguration(bodyOf(answers.configuration));
  // It was JSON.
  const configuration = parsed as Configuration | undefined;
  const minor = partsOf(version)?.minor;
  const cgroups = samples(metrics, "kubelet_cgroup_version")[0]?.value;
  const covered = minorOf(version);
  const driver = configuration ? textAt(configuration, "cgroupDriver") : "";
  return {
    kubeletVersion: version,
    cgroupDriver: driver === "" ? undefined : driver,
    configuration,
    gate: covered === undefined ? undefined : gateFacts(parsed, gatesInMetrics(metrics), covered).checkpointGate,
    findings: [
      ...ofHealth(answers.health),
      ...(configuration ? ofConfiguration(configuration) : []),
      ...ofCgroupVersion({
        version: cgroups === 1 || cgroups === 2 ? cgroups : undefined,
        minor,
        // Where a kubelet that needs to be told runs on cgroup v1, it was told; before, /configz shows a default that says nothing.
        failCgroupV1: minor !== undefined && minor >= failsOnCgroupV1 ? false : undefined,
      }),
      ...supportOf(version),
    ],
  };
}
