import { expect, test } from "vitest";
import { escapePath, parseQuery, parseTarget } from "./target.ts";

test("a target is split and decoded as net/url does", () => {
  expect(parseTarget("/a%2Fb?x=%zz")).toEqual({ path: "/a/b", escapedPath: "/a%2Fb", rawQuery: "x=%zz" });
  expect(parseTarget("//checkpoint/a")?.path).toBe("//checkpoint/a");
  expect(parseTarget("http://host:1/pods?a")).toEqual({ path: "/pods", escapedPath: "/pods", rawQuery: "a" });
  expect(parseTarget("http://host?a")).toEqual({ path: "", escapedPath: "", rawQuery: "a" });
  expect(parseTarget("host:1/x", "CONNECT")?.path).toBe("/x");
  expect(parseTarget("/a|%2F")).toMatchObject({ path: "/a|/", escapedPath: "/a%7C/" });
  expect(parseTarget("/%C3%A9")?.path).toBe("/é");
});

test.each(["/a/%zz", "/a%2", "/a b", "/\x01", "pods", "", "://x", "http://[::1/", "http://x:y/", "http://x%20y/"])(
  "%j is no target",
  (target) => {
    expect(parseTarget(target)).toBeUndefined();
  },
);

test("a query loses the pairs that net/url cannot read, and says which", () => {
  const query = parseQuery("a=1&a=2&b=%zz&c=x;y&d&e=+5&=f");
  expect(query.values("a")).toEqual(["1", "2"]);
  expect(query.first("b")).toBeUndefined();
  expect(query.first("c")).toBeUndefined();
  expect(query.first("d")).toBe("");
  expect(query.last("e")).toBe(" 5");
  expect(query.problem).toBe("invalid semicolon separator in query");
  expect(parseQuery("%z=1&a=%zz").problem).toBe('invalid URL escape "%z"');
  expect(parseQuery("a=1;b").problem).toBe("invalid semicolon separator in query");
  expect(parseQuery("a=1").problem).toBeUndefined();
});

test("a path is escaped as URL.String() does", () => {
  expect(escapePath("/a b/é?x%/:@!")).toBe("/a%20b/%C3%A9%3Fx%25/:@%21");
});
