import { describe, expect, it } from "vitest";
import { derive } from "./derive.ts";
import type { OpenApiDocument } from "./document.ts";

const document: OpenApiDocument = {
  openapi: "3.1.0",
  info: { title: "test", version: "1" },
  servers: [{ url: "https://a" }, Object.assign({ url: "https://b" }, { "x-kubernetes": { until: "1.29" } })],
  paths: {
    "/a": {
      get: {
        operationId: "getA",
        summary: "A",
        tags: ["a"],
        "x-kubernetes": { since: "1.30", until: "1.32" },
        "x-kubernetes-authorization": { verb: "get", subresources: [{ subresources: ["proxy"] }] },
        responses: { "200": { description: "fine" } },
      },
    },
  },
  components: {
    schemas: { A: { type: "object", properties: { old: { type: "string", "x-kubernetes": { until: "1.25" } }, new: { type: "string" } } } },
  },
};

describe("derive", () => {
  it.each([
    ["1.29", false],
    ["1.30", true],
    ["1.32", true],
    ["1.33", false],
  ])("keeps an operation of 1.30 to 1.32 at %s: %s", (minor, kept) => {
    expect(derive(document, minor).paths["/a"]?.get !== undefined).toBe(kept);
  });

  it("drops items of arrays and members of maps", () => {
    expect(derive(document, "1.29").servers).toHaveLength(2);
    expect(derive(document, "1.30").servers).toEqual([{ url: "https://a" }]);
    expect(derive(document, "1.26").components.schemas["A"]).toEqual({ type: "object", properties: { new: { type: "string" } } });
  });

  it("leaves no key of ours and does not touch what it is given", () => {
    const before = structuredClone(document);
    expect(JSON.stringify(derive(document, "1.30"))).not.toContain('"x-kubernetes');
    expect(document).toEqual(before);
  });
});
