import { expect, test } from "vitest";
import { parseTarget } from "./http/target.ts";
import { cleanPath, createMux, type PathForm } from "./mux.ts";

const patterns = new Map(["/healthz", "/pods", "/pods/", "/logs/", "/checkpoint/"].map((pattern) => [pattern, pattern]));

function match(text: string, form: PathForm = "escaped", method = "GET") {
  const target = parseTarget(text);
  if (target === undefined) throw new Error(`${text} is no target`);
  return createMux(patterns, form).match(target, method);
}

test.each([
  ["/healthz", "/healthz"],
  ["/pods", "/pods"],
  ["/pods/a/b", "/pods/"],
  ["/logs/", "/logs/"],
  ["/checkpoint/a%2Fb", "/checkpoint/"],
])("%s is served by %s", (path, entry) => {
  for (const form of ["decoded", "escaped"] as const) expect(match(path, form)).toEqual({ entry });
});

test.each(["/", "/healthz/", "/healthz/x", "/podsx", "/Pods", "/log"])("nothing serves %s", (path) => {
  expect(match(path)).toBeUndefined();
});

test.each([
  ["/logs?a=1", "/logs/?a=1"],
  ["//logs", "/logs/"],
  ["//pods?x", "/pods?x"],
  ["/checkpoint//a/b", "/checkpoint/a/b"],
  ["/checkpoint/x/../a", "/checkpoint/a"],
  ["/nowhere/../etc", "/etc"],
  ["/checkpoint/./a/", "/checkpoint/a/"],
  ["/%6Cogs", "/logs/"],
])("%s is redirected to %s", (path, location) => {
  for (const form of ["decoded", "escaped"] as const) expect(match(path, form)).toEqual({ location });
});

test("an encoded dot segment is cleaned only where the decoded path is looked at", () => {
  expect(match("/checkpoint/a/%2E%2E/c", "decoded")).toEqual({ location: "/checkpoint/c" });
  expect(match("/checkpoint/a/%2E%2E/c", "escaped")).toEqual({ entry: "/checkpoint/" });
});

test("an encoded slash parts segments only where the decoded path is looked at", () => {
  expect(match("/pods%2Fa", "decoded")).toEqual({ entry: "/pods/" });
  expect(match("/pods%2Fa", "escaped")).toBeUndefined();
});

test("CONNECT is not cleaned, but the missing slash is still added", () => {
  expect(match("//pods", "escaped", "CONNECT")).toBeUndefined();
  expect(match("/logs", "escaped", "CONNECT")).toEqual({ location: "/logs/" });
});

test("cleaning a path twice changes nothing more", () => {
  for (const path of ["", "/", "//", "/a/../..", "/a/./b//", "a/b", "/..a/.b", "/a/b/../../c/"]) {
    expect(cleanPath(cleanPath(path))).toBe(cleanPath(path));
  }
  expect(cleanPath("/..a/.b")).toBe("/..a/.b");
});
