import { expect, test } from "vitest";
import { findProgram, type ProgramContext } from "./programs.ts";

/** Runs a program to its end, to a block, or to its sixth pause. Its input is given at once, or held open. */
function run(argv: readonly string[], stdin: string[] | "open" = [], context: ProgramContext = {}) {
  const [name = "", ...args] = argv;
  const execution = findProgram(name)?.(args, context);
  if (execution === undefined) return "no such program";
  const result = {
    stdout: "",
    stderr: "",
    sleptMs: 0,
    end: "paused" as number | "blocked" | "paused",
  };
  const input = stdin === "open" ? [] : stdin.map((text) => Buffer.from(text));
  let read: Buffer | undefined;
  for (let pauses = 0; pauses < 6;) {
    const step = execution.next(read);
    read = undefined;
    if (step.done) return { ...result, end: step.value };
    const event = step.value;
    if (event === "block" || (event === "read" && stdin === "open")) return { ...result, end: "blocked" as const };
    if (event === "read") read = input.shift();
    else if ("stdout" in event) result.stdout += event.stdout.toString();
    else if ("stderr" in event) result.stderr += event.stderr.toString();
    else {
      result.sleptMs += event.sleepMs;
      pauses += 1;
    }
  }
  return result;
}

const silent = { stdout: "", stderr: "", sleptMs: 0 };

test.each([
  [["echo", "hi", "there"], { ...silent, stdout: "hi there\n", end: 0 }],
  [["echo", "-n", "hi"], { ...silent, stdout: "hi", end: 0 }],
  [["sh", "-c", "printf '%05d-%d\\n' 42"], { ...silent, stdout: "00042-0\n", end: 0 }],
  [["/bin/true"], { ...silent, end: 0 }],
  [["/usr/bin/false"], { ...silent, end: 1 }],
  [["sleep", "1.5"], { ...silent, sleptMs: 1500, end: 0 }],
  [["sleep"], { ...silent, stderr: "sleep: missing operand\n", end: 1 }],
  [["sleep", "x"], { ...silent, stderr: "sleep: invalid number 'x'\n", end: 1 }],
  [["cat"], { ...silent, end: 0 }],
  [["cat", "/etc/passwd"], { ...silent, stdout: "root:x:0:0:root:/:/bin/sh\n", end: 0 }],
  [["cat", "/absent"], { ...silent, stderr: "cat: can't open '/absent': No such file or directory\n", end: 1 }],
  [["cat", "/tmp/"], { ...silent, stderr: "cat: read error: Is a directory\n", end: 1 }],
  [["ls"], { ...silent, stdout: "bin\ndev\netc\nproc\nsys\ntmp\n", end: 0 }],
  [["ls", "etc"], { ...silent, stdout: "passwd\n", end: 0 }],
  [["ls", "/absent"], { ...silent, stderr: "ls: /absent: No such file or directory\n", end: 1 }],
  [["sh", "-c", "echo init done"], { ...silent, stdout: "init done\n", end: 0 }],
  [["sh", "-c", "echo \"a  b\"'c' ; sleep 2; exit 3; echo never"], { ...silent, stdout: "a  bc\n", sleptMs: 2000, end: 3 }],
  [["sh", "-c", "echo bad >&2; false"], { ...silent, stderr: "bad\n", end: 1 }],
  [["sh", "-c", "false; exit"], { ...silent, end: 1 }],
  [["sh", "-c", "exit 256"], { ...silent, end: 0 }],
  [["sh", "-c", "nope"], { ...silent, stderr: "sh: nope: not found\n", end: 127 }],
  [["sh", "-c", "echo a | cat"], { ...silent, stderr: "sh: the runtime double cannot run this script: echo a | cat\n", end: 2 }],
  [["sh", "-c", ""], { ...silent, end: 0 }],
  [["sh"], { ...silent, end: 0 }],
  [["toString"], "no such program"],
  [["absent"], "no such program"],
  [[""], "no such program"],
])("%j", (argv, expected) => {
  expect(run(argv)).toEqual(expected);
});

test("readers wait for a standard input that is held open", () => {
  expect(run(["cat"], "open")).toMatchObject({ end: "blocked" });
  expect(run(["sh", "-c", "cat"], "open")).toMatchObject({ end: "blocked" });
});

test("the counting loop of the recorded pod goes on for ever", () => {
  expect(run(["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done"])).toEqual({
    stdout: "tick 0\ntick 1\ntick 2\ntick 3\ntick 4\ntick 5\n",
    stderr: "",
    sleptMs: 6000,
    end: "paused",
  });
});

test("what is to happen once does not happen in a container that was started again", () => {
  const script = "if [ -e /state/once ]; then exec sleep 60; fi; touch /state/once; echo before; exit 1";
  const events = (isRestart: boolean) => [...(findProgram("sh")?.(["-c", script], { isRestart }) ?? [])];
  expect(events(false)).toEqual([{ stdout: "before\n" }]);
  expect(events(true)).toEqual([{ sleepMs: 60_000 }]);
});

test("cat copies its input", () => {
  expect(run(["cat"], ["one\n", "two"])).toEqual({ ...silent, stdout: "one\ntwo", end: 0 });
});

test("a shell runs the lines of its input, with a prompt when it has a terminal", () => {
  expect(run(["sh"], ["echo a; false\necho", " b\nexit 4\necho never\n"])).toEqual({ ...silent, stdout: "a\nb\n", end: 4 });
  expect(run(["sh"], ["stty size\n"], { terminalSize: () => ({ Width: 80, Height: 24 }) })).toEqual({
    ...silent,
    stdout: "/ # 24 80\n/ # ",
    end: 0,
  });
});
