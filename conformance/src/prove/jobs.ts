import { holdsFor, type Requirement, minors } from "@kubelet-conformance/spec";
import { planRun } from "../engine/plan.ts";
import type { Target } from "../target/target.ts";
import { factsOf, identityNames, isPossible, type Scenario, scenarios } from "../testbed/scenarios.ts";

/** One deviation to be caught: by which requirement's check, in which scenarios, on which minor. */
export interface Job {
  id: string;
  minor: string;
  /** Names of the scenarios that decide the requirement, first the one to try first. */
  scenarios: string[];
}

/** A job for each requirement, on the newest minor that it speaks about. Without a scenario nothing decides it. */
export function jobsFor(requirements: readonly Requirement[]): Job[] {
  return requirements.map((requirement) => {
    const minor = minors.findLast((candidate) => holdsFor(requirement, candidate)) ?? "";
    return {
      id: requirement.id,
      minor,
      scenarios: scenarios.filter((scenario) => isDecided(requirement, scenario, minor)).map(({ name }) => name),
    };
  });
}

function isDecided(requirement: Requirement, scenario: Scenario, minor: string): boolean {
  if (!isPossible(scenario, minor) || (scenario.decides && !scenario.decides(requirement))) return false;
  return planRun([requirement], offering(scenario, minor))[0]?.state === "runnable";
}

/** What a scenario will offer once it runs, as far as planning needs to know. */
function offering(scenario: Scenario, minor: string): Target {
  const { webhook, apiPod, node, devicePlugins, timeZone } = scenario;
  const container = { namespace: "n", pod: "p", container: "c" };
  const client = { name: "x" };
  return {
    server: "https://127.0.0.1:1",
    kubernetesVersion: minor,
    minor,
    versionSource: "declared",
    readOnlyPort: 1,
    healthzPort: 1,
    credentials: client,
    identities: webhook ? Object.fromEntries(identityNames.map((name) => [name, client])) : {},
    facts: factsOf(scenario, minor),
    running: { ...container, uid: "u" },
    waiting: container,
    ended: container,
    checkpoint: container,
    restarted: container,
    longLine: container,
    second: container,
    ...(apiPod ? { sidecar: container, ephemeral: container } : {}),
    command: container,
    listeningPort: 1,
    longestSilenceMs: 1,
    nodeName: "n",
    ...(timeZone === undefined ? {} : { timeZone: timeZone.offset }),
    nodeRoot: "/",
    runtime: {
      requestTimeoutSeconds: 1,
      record: unasked,
      rotateLog: unasked,
      hold: unasked,
      misbehave: unasked,
      created: unasked,
    },
    restore: { restore: unasked },
    ...(devicePlugins ? { devicePlugins: { directory: "/", restart: unasked } } : {}),
    ...(node
      ? {
          cluster: { get: unasked, list: unasked },
          controlPlane: unaskedPlane(node.timeScale),
          launch: { start: unasked },
          runtimeService: {
            version: unasked,
            status: unasked,
            runtimeConfig: unasked,
            listImages: unasked,
            checkpointOfNothing: unasked,
            podCheckpointOfNothing: unasked,
            podRestoreOfNothing: unasked,
          },
          longWaits: true,
          longOutages: true,
        }
      : {}),
  };
}

/** A plan looks only whether it is there. */
function unaskedPlane(timeScale: number): NonNullable<Target["controlPlane"]> {
  return {
    get state() {
      return unasked();
    },
    get requests() {
      return unasked();
    },
    get faults() {
      return unasked();
    },
    timeScale,
  };
}

function unasked(): never {
  throw new Error("a plan asks nothing");
}
