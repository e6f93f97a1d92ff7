import { expect, it } from "vitest";
import { parseAnswer } from "./answer.ts";

function parse(...lines: string[]) {
  const answer = parseAnswer(Buffer.from(lines.join("\r\n")));
  return answer && { ...answer, body: answer.body.toString() };
}

it("keeps the order and case of headers", () => {
  expect(parse("HTTP/1.1 404 Not Found", "Content-Length: 4", "x-Content-Type-options:nosniff", "", "gone")).toEqual({
    status: 404,
    reason: "Not Found",
    headers: [
      ["Content-Length", "4"],
      ["x-Content-Type-options", "nosniff"],
    ],
    body: "gone",
    stayedOpen: false,
    complete: true,
  });
});

it("joins chunks", () => {
  const chunks = ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "abc", "A;x=1", "0123456789", "0", "", ""];
  expect(parse(...chunks)).toMatchObject({ body: "abc0123456789", complete: true });
  expect(parse(...chunks.slice(0, 7))).toMatchObject({ body: "abc0123456789", complete: false });
});

it("waits for the end of the head and for the announced length", () => {
  expect(parse("HTTP/1.1 200 OK", "Content-Length: 4")).toBeUndefined();
  expect(parse("HTTP/1.1 200 OK", "Content-Length: 4", "", "go")).toMatchObject({ complete: false });
});
