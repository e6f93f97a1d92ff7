/** Things to undo, last one first. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Undoes everything, whatever fails; then rejects with the first failure. Idempotent. */
  close(): Promise<void>;
}

export function createClosers(): Closers {
  const stack: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = stack.pop(); close !== undefined; close = stack.pop()) {
      await close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add: (close) => stack.push(close),
    close: () => (closing ??= closeAll()),
  };
}
