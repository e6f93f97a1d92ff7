import { distance } from "fastest-levenshtein";

/**
 * The candidate that a mistyped word comes nearest to, for "did you mean"; undefined when none is near. A candidate that merely goes on where
 * the word ends is near, too.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  const [best] = [...candidates]
    .map((candidate) => ({
      candidate,
      edits: word.length > 2 && candidate.startsWith(word) ? 1 + candidate.length / 1000 : distance(word, candidate),
    }))
    .filter(({ edits }) => edits <= limit)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.candidate;
}
