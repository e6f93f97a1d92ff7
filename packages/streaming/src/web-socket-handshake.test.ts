import { expect, test } from "vitest";
import { answerWebSocket, asksForWebSocket } from "./web-socket-handshake.ts";

const complete = { "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-version": "13" };

function answer(headers: Readonly<Record<string, string>>, method = "GET") {
  return answerWebSocket({ method, header: (name) => headers[name.toLowerCase()] }, ["", "v4.channel.k8s.io"]);
}

test("the client's first offer that is supported is chosen, none is answered with none", () => {
  const list = answer({ ...complete, "sec-websocket-protocol": "v5.channel.k8s.io, v4.channel.k8s.io" });
  expect(list).toMatchObject({ status: 101, protocol: "v4.channel.k8s.io" });
  expect(list.headers).toStrictEqual([
    ["Upgrade", "websocket"],
    ["Connection", "Upgrade"],
    ["Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="],
    ["Sec-WebSocket-Protocol", "v4.channel.k8s.io"],
  ]);
  expect(answer(complete).headers.at(-1)).toStrictEqual(["Sec-WebSocket-Protocol", ""]);
});

test("what is no handshake is refused", () => {
  expect(answer({ ...complete, "sec-websocket-protocol": "v9" })).toMatchObject({ status: 403, headers: [], body: "" });
  expect(answer(complete, "POST")).toMatchObject({ status: 405, body: "bad method" });
  expect(answer({ ...complete, "sec-websocket-version": "8" })).toMatchObject({ status: 400, headers: [["Sec-WebSocket-Version", "13"]] });
  expect(answer({})).toMatchObject({ status: 400, body: "mismatch challenge/response" });
});

test("an upgrade to WebSocket is asked for with two headers", () => {
  expect(asksForWebSocket("WebSocket", ["keep-alive, Upgrade"])).toBe(true);
  expect(asksForWebSocket("websocket", ["close"])).toBe(false);
  expect(asksForWebSocket("SPDY/3.1", ["Upgrade"])).toBe(false);
});
