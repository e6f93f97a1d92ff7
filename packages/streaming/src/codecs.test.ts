import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { expect, test } from "vitest";
import { base64Frame, binaryFrame, readBase64Frame, readBinaryFrame } from "./channel-frame.ts";
import { decodeStatus, encodeStatus, exitCodeOf, exitStatus, internalErrorStatus, successStatus } from "./error-status.ts";
import { portChannels, portPreamble, readPortPreamble } from "./port-channels.ts";
import { encodeTerminalSize, followTerminalSizes } from "./terminal-size.ts";

test("channel frames are those that were recorded", () => {
  expect(binaryFrame(1, "hi\n").toString("hex")).toBe("0168690a");
  expect(base64Frame(1, "hi\n")).toBe("1aGkK");
  expect(base64Frame(1)).toBe("1");
  expect(readBinaryFrame(Buffer.from("0168690a", "hex"))).toStrictEqual({ channel: 1, data: Buffer.from("hi\n") });
  expect(readBase64Frame("1aGkK")).toStrictEqual({ channel: 1, data: Buffer.from("hi\n") });
});

test("what is no channel frame is named", () => {
  expect(() => readBinaryFrame(Buffer.alloc(0))).toThrow("no channel byte");
  expect(() => readBase64Frame("x")).toThrow("one digit");
  expect(() => readBase64Frame("1a")).toThrow("not base64");
});

test("the error stream tells success, an exit code or an internal error", () => {
  expect(encodeStatus(successStatus())).toBe('{"metadata":{},"status":"Success"}');
  expect(exitCodeOf(successStatus())).toBe(0);
  expect(exitCodeOf(exitStatus(3, "command terminated with non-zero exit code"))).toBe(3);
  expect(exitCodeOf(internalErrorStatus("error executing command in container: x"))).toBeUndefined();
  expect(decodeStatus(encodeStatus(exitStatus(3, "m")))).toStrictEqual(exitStatus(3, "m"));
  expect(encodeStatus(exitStatus(1, "a <b> & c"))).toContain("a \\u003cb\\u003e \\u0026 c");
  expect(decodeStatus("error")).toBeUndefined();
  for (const causes of ['[null,{"reason":"ExitCode","message":"7"}]', '[{"reason":"ExitCode","message":7}]', "7", "null"])
    expect(exitCodeOf(decodeStatus(`{"status":"Failure","details":{"causes":${causes}}}`) ?? {})).toBe(
      causes.startsWith("[n") ? 7 : undefined,
    );
});

test("ports and terminal sizes", () => {
  expect(binaryFrame(portChannels(1).error, portPreamble(80)).toString("hex")).toBe("035000");
  expect(readPortPreamble(portPreamble(54_321))).toBe(54_321);
  expect(readPortPreamble(Buffer.alloc(3))).toBeUndefined();
});

test.each([
  [
    "as they are written",
    [encodeTerminalSize({ Width: 80, Height: 24 }), encodeTerminalSize({ Width: 81, Height: 25 })],
    ["80x24", "81x25"],
  ],
  ["one behind another without a space", ['{"Width":80,"Height":24}{"Width":81,"Height":25}'], ["80x24", "81x25"]],
  ["cut anywhere", ['{"Wid', 'th":80,"Height"', ":24", "}\n\n"], ["80x24"]],
  ["with names in another case", ['{"width":80,"HEIGHT":24}'], ["80x24"]],
  ["0 for what is missing", ['{"Width":80}{}'], ["80x0", "0x0"]],
  ["nothing behind what is none", ['{"Width":80,"Height":24}', "nonsense", '{"Width":81,"Height":25}'], ["80x24"]],
  ["nothing behind a number that is too large", ['{"Width":65536,"Height":24}', '{"Width":81,"Height":25}'], []],
  ["nothing behind what never ends", [`{${" ".repeat(5000)}`, '{"Width":81,"Height":25}'], []],
])("terminal sizes are read %s", async (_, pieces, expected) => {
  const stream = Readable.from(pieces.map((piece) => Buffer.from(piece)));
  const read: string[] = [];
  followTerminalSizes(stream, ({ Width, Height }) => read.push(`${Width}x${Height}`));
  await finished(stream);
  expect(read).toStrictEqual(expected);
});
