import { type AnswerClass, vocabulary } from "@kubelet-conformance/spec";
import { headerOf, type WireResponse } from "../target/wire.ts";

/** The class of `answers.yaml` with this id. Throws for an unknown id, which the spec's build rules out. */
export function answerClass(id: string): AnswerClass {
  const found = vocabulary().answers.find((answer) => answer.id === id);
  if (!found) throw new Error(`there is no answer class "${id}"`);
  return found;
}

/** Whether an answer is of this class: status, headers and body all agree. */
export function isOfClass(answer: AnswerClass, response: WireResponse): boolean {
  if (!answer.status.includes(response.status)) return false;
  if (answer.pattern !== undefined && !new RegExp(answer.pattern, "s").test(response.body.toString())) return false;
  return Object.entries(answer.headers ?? {}).every(([name, wanted]) => {
    const value = headerOf(response, name);
    if (wanted === null) return value === undefined;
    return wanted === "*" ? value !== undefined : value?.toLowerCase() === wanted.toLowerCase();
  });
}

/** Ids of all classes that an answer belongs to. */
export function classify(response: WireResponse): string[] {
  return vocabulary()
    .answers.filter((answer) => isOfClass(answer, response))
    .map((answer) => answer.id);
}
