import { describe, expect, it, test } from "vitest";
import { requirements } from "./catalogue.ts";
import { proxyChangeOf, proxyChanges, proxyObstacle } from "./proxy-changes.ts";
import type { Exchange, Requirement } from "./requirement.ts";

const base: Requirement = {
  id: "a.b",
  area: "a",
  level: "MUST",
  title: "MUST be",
  provenance: "observed",
  sources: [{ recording: "x" }],
  since: "1.29",
  profile: "core",
};

function of(request: Exchange["request"], expected: Exchange["expect"] = { status: 200 }): string | undefined {
  return proxyObstacle({ ...base, exchange: { request, expect: expected } })?.id;
}

describe("proxyObstacle", () => {
  it.each([
    [{ target: "/pods" }, undefined],
    [{ target: "/pods", client: "none" }, "identity"],
    [{ target: "/pods", client: "none", listener: "read-only" }, undefined],
    [{ target: "/pods", protocol: "h2" }, "connection"],
    [{ target: "/pods", contentLength: "none" }, "connection"],
    [{ target: "/pods", method: "FOO" }, "method"],
    [{ target: "/pods", method: "OPTIONS" }, undefined],
    [{ target: "//pods" }, "path"],
    [{ target: "/a/../pods" }, "path"],
    [{ target: "/%70ods" }, "path"],
    [{ target: "/pods?a=%20//" }, undefined],
    [{ target: "*" }, "path"],
    [{ target: "/exec/a/b/c?command=ls", headers: { Upgrade: "websocket" } }, "upgrade-query"],
    [{ target: "/portForward/a/b", headers: { upgrade: "SPDY/3.1" } }, undefined],
  ] satisfies [Exchange["request"], string | undefined][])("of %j is %s", (request, obstacle) => {
    expect(of(request)).toBe(obstacle);
  });

  it("counts what is expected, too", () => {
    expect(of({ target: "/logs" }, { headers: { location: "/logs/" } })).toBe("location");
    expect(of({ target: "/logs" }, { should: { headers: { "Content-Type": null } } })).toBe("content-type");
    expect(of({ target: "/logs" }, { headers: { "Content-Type": "text/plain" } })).toBeUndefined();
  });

  it("leaves out what only explains a difference", () => {
    const requirement = { ...base, needs: ["healthz-port"] };
    expect(proxyObstacle(requirement)).toBeUndefined();
    expect(proxyChangeOf(requirement)?.id).toBe("loopback");
  });
});

test("each change that keeps requirements from being decided does so for one at least, or is seen in headers", () => {
  const seen = new Set(requirements().map((requirement) => proxyObstacle(requirement)?.id));
  const idle = proxyChanges().filter(({ id, decidable, headers }) => !decidable && !headers && !seen.has(id));
  expect(idle).toEqual([]);
});
