import { type Requirement, requirements } from "@kubelet-conformance/spec";
import type { Deviation } from "@kubelet-conformance/reference-server";
import type { Result, Verdict } from "../engine/verdicts.ts";
import { deviationOf } from "./deviations.ts";
import type { Job } from "./jobs.ts";
import type { Stand } from "./stand.ts";

/** What became of one deviation. */
export interface Trial {
  id: string;
  minor: string;
  /** Where it was caught; the first one tried when it was not. */
  scenario: string;
  killed: boolean;
  /** The verdict of the requirement that it breaks; undefined: there was none. */
  verdict: Verdict | undefined;
  /** Other requirements of level MUST that failed with it. */
  collateral: string[];
  durationMs: number;
  /** 2: it survived a first try beside others. */
  tries?: number;
  /** Why it could not be tried at all. */
  error?: string;
}

const all = requirements();
const needing = (need: string) => (requirement: Requirement) => requirement.needs?.includes(need) === true;

/** Tries a deviation in each scenario that decides its requirement, until it is caught. */
export async function tryDeviation({ id, minor, scenarios: names }: Job, stand: Stand): Promise<Trial> {
  const startedAt = performance.now();
  const trial = { id, minor, scenario: names[0] ?? "", killed: false, verdict: undefined, collateral: [] };
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  const deviation = deviationOf(id);
  if (!deviation) return { ...trial, durationMs: 0, error: "there is no deviation for it" };
  try {
    const catalogue = catalogueFor(id, deviation);
    for (const scenario of names) {
      const results = await stand.results(scenario, minor, catalogue, deviation);
      const own = results.find((result) => result.id === id);
      trial.verdict ??= own?.verdict as undefined;
      if (!own || !isCaught(own)) continue;
      const others = results.filter((result) => result.verdict === "failed" && result.id !== id).map((result) => result.id);
      const collateral = await withoutUsual(others, scenario, minor, stand);
      return { ...trial, scenario, killed: true, verdict: own.verdict, collateral, durationMs: durationMs() };
    }
    return { ...trial, durationMs: durationMs() };
  } catch (error) {
    return { ...trial, durationMs: durationMs(), error: error instanceof Error ? error.message : String(error) };
  }
}

/** Where a misbehaviour that reaches further than it should is seen whatever it is about: all requests go through what these profiles check. */
const everybodysProfiles: ReadonlySet<string> = new Set(["checkpoint", "core"]);

/**
 * What a trial looks at: its own requirement, and every MUST of its own area and of the profiles that concern all requests. What costs more than all
 * other checks together is left out where the deviation can have nothing to do with it: real checkpoints, the record of the runtime double, the
 * wait for a container's log, commands, connections and kubelets of their own.
 */
function catalogueFor(id: string, deviation: Deviation): readonly Requirement[] {
  const own = all.filter((requirement) => requirement.id === id);
  const costly = [
    { applies: needing("checkpoint"), concerned: deviation.runtime !== undefined || deviation.rootDirectory !== undefined },
    { applies: needing("runtime-double"), concerned: deviation.runtime !== undefined },
    // Kubelets of their own, which a deviation of answers over HTTP does not touch.
    { applies: needing("kubelet-launch"), concerned: deviation.http === undefined },
    { applies: needing("ticking-container"), concerned: false },
    { applies: needing("command-container"), concerned: false },
    // Each on a connection of its own, which only a deviation of the same kind touches.
    { applies: ({ area }: Requirement) => area === "protocol", concerned: deviation.connection !== undefined },
  ];
  const leftOut = costly.filter(({ applies, concerned }) => !concerned && !own.some(applies));
  const concerned = ({ area, profile, level }: Requirement): boolean =>
    level === "MUST" && (everybodysProfiles.has(profile) || own.some((requirement) => requirement.area === area));
  return all.filter(
    (requirement) => own.includes(requirement) || (concerned(requirement) && !leftOut.some(({ applies }) => applies(requirement))),
  );
}

function isCaught({ level, verdict }: Result): boolean {
  if (level === "MUST") return verdict === "failed";
  return level === "SHOULD" ? verdict === "warned" || verdict === "failed" : verdict === "not-applicable";
}

/** Of requirements that failed, those that hold in this scenario without any deviation. */
async function withoutUsual(failed: readonly string[], scenario: string, minor: string, stand: Stand): Promise<string[]> {
  if (failed.length === 0) return [];
  const suspected = all.filter((requirement) => failed.includes(requirement.id));
  const usual = (await stand.results(scenario, minor, suspected)).filter(({ verdict }) => verdict === "failed");
  return failed.filter((id) => usual.every((result) => result.id !== id));
}
