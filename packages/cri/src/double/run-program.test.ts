import { expect, test } from "vitest";
import type { Execution } from "./programs.ts";
import { runProgram } from "./run-program.ts";

test("frozen, a program does nothing; thawed, it does at once what fell due", async () => {
  const output: string[] = [];
  const exited = Promise.withResolvers<number>();
  const due = Promise.withResolvers<void>();
  function* program(): Execution {
    yield { stdout: "one" };
    yield { sleepMs: 1 };
    yield { stdout: "two" };
    return 3;
  }
  const running = runProgram(program(), { onOutput: (_, bytes) => output.push(bytes.toString()), onExit: exited.resolve });
  running.freeze();
  // Timers of the same delay fire in the order they were set.
  setTimeout(due.resolve, 1);
  await due.promise;
  expect(output).toEqual(["one"]);
  running.thaw();
  expect(output).toEqual(["one", "two"]);
  expect(await exited.promise).toBe(3);
});

test("a program thawed before anything fell due waits on", async () => {
  const exited = Promise.withResolvers<number>();
  function* program(): Execution {
    yield { sleepMs: 1 };
    return 0;
  }
  const running = runProgram(program(), { onOutput: () => {}, onExit: exited.resolve });
  running.freeze();
  running.thaw();
  expect(await exited.promise).toBe(0);
});

test("a program goes on after the steps that it has done: silent about them, and in the wait it was in", async () => {
  const output: string[] = [];
  const exited = Promise.withResolvers<number>();
  function* program(): Execution {
    yield { stdout: "one" };
    yield { sleepMs: 1 };
    yield { stderr: "two" };
    return 3;
  }
  const running = runProgram(program(), { onOutput: (_, bytes) => output.push(bytes.toString()), onExit: exited.resolve }, { from: 2 });
  expect(output).toEqual([]);
  expect(running.steps()).toBe(2);
  expect(await exited.promise).toBe(3);
  expect(output).toEqual(["two"]);
  expect(running.steps()).toBe(3);
});
