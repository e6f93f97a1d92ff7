import { loadJson } from "./load.ts";

/** One of the fixed lists of words that entries may use; `areas.yaml`, `profiles.yaml`, `needs.yaml`. */
export interface Term {
  id: string;
  title: string;
}

export interface Profile extends Term {
  /** Areas that the profile is made of. */
  areas: string[];
}

export interface Need extends Term {
  /** How a user supplies it: the flag, ready to paste. */
  unlock: string;
}

/** A class of answers that share a status but not a meaning, told apart by body and headers: `answers.yaml`. */
export interface AnswerClass extends Term {
  status: number[];
  /** Regular expression (ECMAScript) over the body. */
  pattern?: string;
  /** Header that must be present (name to value) or absent (null). */
  headers?: Record<string, string | null>;
}

/** A class of checkpoint outcomes: `outcomes/checkpoint.yaml`. First match wins. */
export interface OutcomeRule {
  class: string;
  /** gRPC code as the kubelet prints it; `none` for the kubelet's own texts. */
  code: string;
  /** Regular expression over the text behind `desc = ` (or the kubelet's own text). */
  pattern: string;
  owner: "kubelet" | "runtime" | "node" | "client";
  advice: string;
}

export interface Vocabulary {
  areas: Term[];
  profiles: Profile[];
  needs: Need[];
  answers: AnswerClass[];
  outcomes: OutcomeRule[];
}

let loaded: Vocabulary | undefined;

export function vocabulary(): Vocabulary {
  return (loaded ??= loadJson<Vocabulary>("data/vocabulary.json"));
}
