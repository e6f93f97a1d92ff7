import { expect, test } from "vitest";
import { createTerminal } from "./terminal.ts";

function terminal() {
  const seen = { screen: "", program: [] as string[] };
  const ends = createTerminal({
    toScreen: (bytes) => (seen.screen += bytes.toString()),
    toProgram: (bytes) => seen.program.push(bytes.toString()),
    endInput: () => seen.program.push("end"),
    kill: (exitCode) => seen.program.push(String(exitCode)),
  });
  return { seen, type: (text: string) => ends.type(Buffer.from(text)), display: (text: string) => ends.display(Buffer.from(text)) };
}

test("what is typed is echoed, and reaches the program line by line", () => {
  const { seen, type } = terminal();
  type("ec");
  expect(seen).toEqual({ screen: "ec", program: [] });
  type("gh\x7fho\r");
  expect(seen).toEqual({ screen: "ecgh\b \bho\r\n", program: ["ecgho\n"] });
});

test("control characters end the input or the program", () => {
  const { seen, type } = terminal();
  type("part\x04\x04x\x03\x1c");
  expect(seen).toEqual({ screen: "partx^C^\\", program: ["part", "end", "130", "131"] });
});

test("line ends of the program are carriage return and line feed on the screen", () => {
  const { seen, display } = terminal();
  display("a\nb\n");
  expect(seen.screen).toBe("a\r\nb\r\n");
});
