/** ` (did you mean "x"?)` for the candidate that a typing error comes nearest to; empty when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const nearest = nearestTo(word, candidates);
  return nearest === undefined ? "" : `; did you mean "${nearest}"?`;
}

/** The candidate with the smallest edit distance, if that is small for a word of this length. */
export function nearestTo(word: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    // What merely goes on is near, and the shortest of it nearest.
    const distance = candidate.startsWith(word) && word.length > 2 ? 1 + candidate.length / 1000 : editDistance(word, candidate);
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  return best && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
