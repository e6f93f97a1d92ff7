import type { OperationId } from "@kubelet-conformance/types";
import { nearest } from "@kubelet-conformance/spec";
import type { MockRequest } from "../exchange.ts";
import { longestDelay } from "../wish.ts";
import { holds } from "./conditions.ts";
import { createRandom } from "./random.ts";
import type { Rule, ScenarioAnswer, ScenarioFile } from "./scenario.ts";

/** No scenario has this name. */
export class UnknownScenarioError extends Error {
  readonly code = "unknown-scenario";
}

/** The scenarios of a mock: which is on, and how far each of its rules has come. */
export interface Scenarios {
  /** Undefined: none is on. */
  readonly current: string | undefined;
  readonly seed: string | undefined;
  /** Switches to a scenario, from its beginning; undefined: to none. Throws UnknownScenarioError. */
  use(name: string | undefined): void;
  /** Begins the current scenario anew. */
  restart(): void;
  /** Takes other scenarios in place of all. The current one stays on, from its beginning, where there still is one of its name. */
  replace(file: ScenarioFile): void;
  /** What the current scenario answers to a request, and why; undefined when none of its rules is about it. It counts as given. */
  choose(request: MockRequest, operationId: OperationId | undefined): { answer: ScenarioAnswer; because: string } | undefined;
  describe(): { name: string; description: string; rules: { when: object; answers: number; given: number }[] }[];
}

/** `seed` beats the file's. */
export function createScenarios(first: ScenarioFile = { scenarios: {} }, seed?: string): Scenarios {
  let file = first;
  let current = startOf(file);
  let given = new Map<Rule, number>();
  let random = createRandom("");

  const seedNow = (): string | undefined => seed ?? (file.seed === undefined ? undefined : String(file.seed));
  const restart = (): void => {
    given = new Map();
    random = createRandom(seedNow() ?? String(Math.random()));
  };
  restart();

  return {
    get current() {
      return current;
    },
    get seed() {
      return seedNow();
    },
    use(name) {
      if (name !== undefined && !Object.hasOwn(file.scenarios, name)) throw new UnknownScenarioError(unknown(name, file));
      current = name;
      restart();
    },
    restart,
    replace(other) {
      file = other;
      if (current !== undefined && !Object.hasOwn(file.scenarios, current)) current = startOf(file);
      restart();
    },
    choose(request, operationId) {
      if (current === undefined) return undefined;
      const rules = file.scenarios[current]?.rules ?? [];
      const index = rules.findIndex(({ when = {} }) => holds(when, request, operationId));
      const rule = rules[index];
      if (!rule) return undefined;
      const count = given.get(rule) ?? 0;
      given.set(rule, count + 1);
      const { answers, cycle } = rule;
      const turn = cycle ? count % answers.length : Math.min(count, answers.length - 1);
      const answer = answers[turn] ?? {};
      const because = `scenario ${current}, rule ${index + 1}, answer ${turn + 1} of ${answers.length}`;
      return { answer: withJitter(answer, random), because };
    },
    describe: () =>
      Object.entries(file.scenarios).map(([name, { description = "", rules }]) => ({
        name,
        description,
        rules: rules.map((rule) => ({ when: rule.when ?? {}, answers: rule.answers.length, given: given.get(rule) ?? 0 })),
      })),
  };
}

function startOf({ start, scenarios }: ScenarioFile): string | undefined {
  return start ?? Object.keys(scenarios)[0];
}

function unknown(name: string, { scenarios }: ScenarioFile): string {
  const names = Object.keys(scenarios);
  const similar = nearest(name, names);
  if (names.length === 0) return `there is no scenario "${name}", nor any other; start mock-kubelet with --scenario FILE`;
  return `there is no scenario "${name}"; ${similar === undefined ? `there are ${names.join(", ")}` : `did you mean "${similar}"?`}`;
}

function withJitter({ delay = 0, jitter = 0, ...rest }: ScenarioAnswer, random: () => number): ScenarioAnswer {
  const wait = Math.min(delay + Math.round(jitter * random()), longestDelay);
  return wait === 0 ? rest : { ...rest, delay: wait };
}
