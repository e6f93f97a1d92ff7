export interface WaitOptions {
  /** Ends the wait; the promise rejects with its reason. */
  signal?: AbortSignal;
}

/** Waiting for something to become true, without polling. */
export interface Signal {
  /** Something changed: everyone who waits looks again. */
  readonly notify: () => void;
  /** The first value of `look` that is not undefined. */
  readonly until: <T>(look: () => T | undefined, options?: WaitOptions) => Promise<T>;
  /** Every wait, present and future, rejects. */
  readonly close: (reason: Error) => void;
}

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  let closed: Error | undefined;

  function until<T>(look: () => T | undefined, { signal }: WaitOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        waiting.delete(check);
        signal?.removeEventListener("abort", check);
        settle();
      };
      function check() {
        let value: T | undefined;
        try {
          value = look();
        } catch (error) {
          finish(() => reject(error));
          return;
        }
        if (value !== undefined) finish(() => resolve(value));
        else if (signal?.aborted === true) finish(() => reject(signal.reason));
        else if (closed !== undefined) finish(() => reject(closed));
      }
      waiting.add(check);
      signal?.addEventListener("abort", check);
      check();
    });
  }

  return {
    until,
    notify: () => {
      for (const check of waiting) check();
    },
    close: (reason) => {
      closed = reason;
      for (const check of waiting) check();
    },
  };
}
