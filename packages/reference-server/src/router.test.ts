import { expect, test } from "vitest";
import type { KubeletRequest } from "./http/message.ts";
import { createRouter } from "./router.ts";

const routes = [
  { method: "POST", path: "/checkpoint/{podNamespace}/{podID}/{containerName}", produces: ["application/json"], handler: "checkpoint" },
  { method: "GET", path: "/stats/summary", produces: ["application/json"], handler: "summary" },
  { method: "POST", path: "/stats/summary", produces: ["application/json"], handler: "summary" },
  { method: "GET", path: "/logs/", produces: [], handler: "logs" },
  { method: "GET", path: "/logs/{logpath:*}", produces: [], handler: "log" },
];

function ask(method: string, path: string, headers: Record<string, string> = {}, withoutLength: 406 | 415 = 406) {
  const request = { method, header: (name: string) => headers[name] } as KubeletRequest; // The router looks at nothing else.
  return createRouter(routes, withoutLength).route(path, request);
}

test("parameters are taken from the decoded path, a final slash does not matter", () => {
  expect(ask("POST", "/checkpoint/ns/a b/c/")).toEqual({
    handler: "checkpoint",
    parameters: { podNamespace: "ns", podID: "a b", containerName: "c" },
  });
  expect(ask("GET", "/logs/a/b")).toEqual({ handler: "log", parameters: { logpath: "a/b" } });
  expect(ask("GET", "/logs/")).toEqual({ handler: "logs", parameters: {} });
});

test.each(["/checkpoint/", "/checkpoint/ns/p", "/checkpoint/ns/p/c/d", "/stats/", "/pods"])("shape is judged before method: %s", (path) => {
  expect(ask("FOO", path)).toEqual({ status: 404, headers: [], body: "404: Page Not Found" });
});

test("a wrong method is told the right ones", () => {
  expect(ask("PUT", "/stats/summary")).toEqual({ status: 405, headers: [["Allow", "GET, POST"]], body: "405: Method Not Allowed" });
  expect(ask("HEAD", "/checkpoint/a/b/c")).toMatchObject({ status: 405, headers: [["Allow", "POST"]] });
});

test.each([
  ["*/*", true],
  ["", true],
  ["application/json;q=0.5", true],
  ["text/plain, application/json", true],
  ["application/*", false],
  ["text/plain", false],
  ["application/vnd.kubernetes.protobuf", false],
])("Accept %j", (accept, isFine) => {
  expect("handler" in ask("GET", "/stats/summary", { Accept: accept })).toBe(isFine);
});

test("a route that declares nothing wants a client that takes anything", () => {
  expect(ask("GET", "/logs/", { Accept: "text/plain" })).toMatchObject({
    status: 406,
    body: "406: Not Acceptable\n\nAvailable representations: ",
  });
  expect(ask("GET", "/logs/", { Accept: "text/plain, */*" })).toMatchObject({ handler: "logs" });
});

test("a POST without Content-Length is refused by another status in older minors", () => {
  const accept = { Accept: "text/plain" };
  expect(ask("POST", "/checkpoint/a/b/c", accept, 415)).toMatchObject({ status: 415 });
  expect(ask("POST", "/checkpoint/a/b/c", { ...accept, "Content-Length": "0" }, 415)).toMatchObject({ status: 406 });
  expect(ask("GET", "/stats/summary", accept, 415)).toMatchObject({ status: 406 });
});
