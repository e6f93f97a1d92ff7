import { expect, test } from "vitest";
import { decodeMemory, encodeMemory } from "./memory.ts";

const program = { command: ["sh", "-c"], args: ["echo ü"], stdin: true, steps: 42 };

test("what was encoded is decoded, also from pages that go on with zeros", () => {
  const memory = encodeMemory(program);
  expect(decodeMemory(memory)).toEqual(program);
  expect(decodeMemory(Buffer.concat([memory, Buffer.alloc(4096)]))).toEqual(program);
});

test("a program has one size, however far it has come", () => {
  expect(encodeMemory({ ...program, steps: 1e12 })).toHaveLength(encodeMemory(program).length);
});

test.each(["", "\0", "null\0", "{}\0", '{"command":[1],"args":[],"stdin":true,"steps":"1"}\0'])("%j is no program", (text) => {
  expect(decodeMemory(Buffer.from(text))).toBeUndefined();
});
