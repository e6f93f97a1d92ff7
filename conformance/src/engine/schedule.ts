export interface ScheduleOptions<T> {
  items: readonly T[];
  /** How many are at work at a time. */
  parallel: number;
  /** Milliseconds without a sign of progress after which an item counts as waiting and no longer as at work. Default 1,000. */
  patienceMs?: number;
  /** No more than so many are begun and not over, waiting ones included. Default eight times `parallel`. */
  most?: number;
  /** Begins no more when aborted. */
  signal: AbortSignal;
  /** Calls `alive` whenever it gets on. Never rejects. */
  work: (item: T, alive: () => void) => Promise<void>;
}

/**
 * Works on many items, a few at a time and in their order. One that waits, as for a node that does not answer, makes room for the next: it takes time from
 * nobody else. What is begun and not over stays bounded all the same.
 */
export function workThrough<T>(options: ScheduleOptions<T>): Promise<void> {
  const { items, parallel, patienceMs = 1_000, most = 8 * parallel, signal, work } = options;
  const { promise, resolve } = Promise.withResolvers<void>();
  let next = 0;
  let begun = 0;
  let atWork = 0;
  const hasRoom = (): boolean => next < items.length && atWork < parallel && begun < most && !signal.aborted;
  const fill = (): void => {
    while (hasRoom()) begin(items[next++] as T); // Within the list.
    if (begun === 0 && (next >= items.length || signal.aborted)) resolve();
  };
  const begin = (item: T): void => {
    begun++;
    atWork++;
    let isAtWork = true;
    const wait = (): void => {
      isAtWork = false;
      atWork--;
      fill();
    };
    let patience = setTimeout(wait, patienceMs);
    const alive = (): void => {
      if (!isAtWork) {
        isAtWork = true;
        atWork++;
        patience = setTimeout(wait, patienceMs);
      } else patience.refresh();
    };
    void work(item, alive).finally(() => {
      clearTimeout(patience);
      if (isAtWork) atWork--;
      begun--;
      fill();
    });
  };
  fill();
  return promise;
}
