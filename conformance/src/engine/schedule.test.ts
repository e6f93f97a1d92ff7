import { expect, test } from "vitest";
import { workThrough } from "./schedule.ts";

const never = new AbortController().signal;

test("no more are at work than allowed, and all are worked on in their order", async () => {
  const [begun, ends] = [[] as number[], new Map<number, () => void>()];
  const done = workThrough({
    items: [1, 2, 3, 4, 5],
    parallel: 2,
    patienceMs: 60_000,
    signal: never,
    work: (item) => new Promise((resolve) => void (begun.push(item), ends.set(item, resolve))),
  });
  expect(begun).toEqual([1, 2]);
  for (const item of [2, 1, 3, 4, 5]) {
    ends.get(item)?.();
    await Promise.resolve().then(() => Promise.resolve());
    await new Promise((resolve) => void setImmediate(resolve));
  }
  await done;
  expect(begun).toEqual([1, 2, 3, 4, 5]);
});

test("those that wait make room, up to a bound", async () => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const reached = Promise.withResolvers<void>();
  const done = workThrough({
    items: [1, 2, 3, 4, 5, 6],
    parallel: 1,
    patienceMs: 1,
    most: 4,
    signal: never,
    work: (item) =>
      new Promise((resolve) => {
        begun.push(item);
        ends.push(resolve);
        if (begun.length === 4) reached.resolve();
        if (begun.length > 4) resolve();
      }),
  });
  await reached.promise;
  expect(begun).toEqual([1, 2, 3, 4]);
  for (const end of ends) end();
  await done;
  expect(begun).toHaveLength(6);
});

test("what is aborted begins nothing more and waits for what is under way", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  await workThrough({
    items: [1, 2, 3],
    parallel: 1,
    signal: stop.signal,
    work: async (item) => {
      begun.push(item);
      stop.abort();
    },
  });
  expect(begun).toEqual([1]);
  await workThrough({ items: [], parallel: 1, signal: never, work: async () => {} });
});
