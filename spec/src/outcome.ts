import { type OutcomeRule, vocabulary } from "./vocabulary.ts";

/** What the body of a checkpoint's 500 means, whose it is to fix, and the runtime's own words. */
export interface Outcome {
  /** A class of `outcomes/checkpoint.yaml`. */
  class: string;
  owner: OutcomeRule["owner"];
  advice: string;
  /** gRPC code as the kubelet prints it, `none` for the kubelet's own texts. */
  code: string;
  /** The text behind `desc = `, or the kubelet's own text. */
  message: string;
}

/** Nothing in the classifier matches; never a reason to skip a check. */
export interface Unclassified {
  class: "unclassified";
}

// checkpointing of NS/POD/CONTAINER failed (ERR): pkg/kubelet/server/server.go, checkpoint().
// A body that was cut for its length has lost its closing parenthesis.
const frame = /^checkpointing of [^/]*\/[^/]*\/.*? failed \((.*?)\)?\n?$/s;
const status = /^rpc error: code = (\w+) desc = (.*)$/s;

/** The class of a checkpoint's 500 by its body; first rule of `outcomes/checkpoint.yaml` that matches wins. */
export function classifyOutcome(body: string): Outcome | Unclassified {
  const error = frame.exec(body)?.[1];
  if (error === undefined) return { class: "unclassified" };
  const [, code = "none", message = error] = status.exec(error) ?? [];
  const rule = vocabulary().outcomes.find((candidate) => candidate.code === code && new RegExp(candidate.pattern, "s").test(message));
  if (!rule) return { class: "unclassified" };
  return { class: rule.class, owner: rule.owner, advice: rule.advice, code, message };
}
