import { expect, it } from "vitest";
import { delimitedMessages } from "./metrics-protobuf.ts";

it("names the families of a stream, and tells one that is cut", () => {
  const message = Buffer.from("\u0003\n\u0001a\u0005\n\u0001b\u0018\u0001");
  expect(delimitedMessages(message)).toEqual(["a", "b"]);
  expect(delimitedMessages(message.subarray(0, -1))).toBeUndefined();
  expect(delimitedMessages(Buffer.from([0x80]))).toBeUndefined();
  expect(delimitedMessages(Buffer.from("\u0002\u0018\u0001"))).toEqual([""]);
  expect(delimitedMessages(Buffer.alloc(0))).toEqual([]);
});
