/** What reviews have said, for as long as a kubelet believes it. */
export interface ReviewCache<Answer> {
  get(key: string): Answer | undefined;
  set(key: string, answer: Answer, forMs: number): void;
}

const most = 4096;

export function createReviewCache<Answer>(): ReviewCache<Answer> {
  const entries = new Map<string, { answer: Answer; until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > performance.now() ? entry.answer : undefined;
    },
    set(key, answer, forMs) {
      entries.delete(key);
      entries.set(key, { answer, until: performance.now() + forMs });
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
}
