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

/** One line of the classifier of checkpoint answers: `outcomes/checkpoint.yaml`. First match wins. */
export interface OutcomeRule {
  class: string;
  /** Statuses that the rule is about; absent from rules with a `code`, which are about 500. */
  status?: number[];
  /** gRPC code as the kubelet prints it; `none` for the kubelet's own texts. */
  code?: string;
  /** Regular expression (ECMAScript, s flag) over the text behind `desc = `, the kubelet's own text or the body; absent: any. */
  pattern?: string;
  /** Header that must have this value; names in lower case. */
  headers?: Record<string, string>;
  owner: OutcomeOwner;
  advice: string;
}

/** Who has to act: the caller, who runs the cluster, who runs the node, the runtime's or the kubelet's vendor. */
export type OutcomeOwner = "client" | "cluster-administrator" | "node" | "runtime" | "kubelet";

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
