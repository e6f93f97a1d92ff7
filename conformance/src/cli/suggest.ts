import { nearest } from "@kubelet-conformance/spec";

/** `; did you mean "x"?` for the candidate that a typing error comes nearest to; empty when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? "" : `; did you mean "${candidate}"?`;
}
