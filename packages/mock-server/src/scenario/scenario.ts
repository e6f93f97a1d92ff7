import type { Wish } from "../wish.ts";

/** A file of scenarios, or the same as an object; `schemas/scenarios.schema.json` says what each member means. */
export interface ScenarioFile {
  start?: string;
  seed?: string | number;
  scenarios: Readonly<Record<string, Scenario>>;
}

export interface Scenario {
  description?: string;
  rules: readonly Rule[];
}

export interface Rule {
  when?: Conditions;
  answers: readonly ScenarioAnswer[];
  cycle?: boolean;
}

export interface Conditions {
  operation?: string;
  method?: string;
  path?: string;
  query?: Readonly<Record<string, Match>>;
  headers?: Readonly<Record<string, Match>>;
}

/** A text in which `*` stands for any characters; `true`: it is there; `false`: it is not. */
export type Match = string | boolean;

export interface ScenarioAnswer extends Omit<Wish, "seed"> {
  /** Added, or in place of those with these names. */
  headers?: Readonly<Record<string, string>>;
  /** In place of the example's: a text, or anything else as JSON. */
  body?: unknown;
  /** As many milliseconds more than `delay` at most, by chance. */
  jitter?: number;
}
