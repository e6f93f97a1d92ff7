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
      post: {
        operationId: "postA",
        summary: "A",
        tags: ["a"],
        responses: { "200": { description: "fine", content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } } } },
      },
    },
  },
  components: {
    schemas: {
      A: {
        type: "object",
        properties: {
          old: { $ref: "#/components/schemas/Old", "x-kubernetes": { until: "1.25" } },
          new: { allOf: [{ $ref: "#/components/schemas/New" }], "x-kubernetes": { since: "1.25" } },
        },
      },
      Old: { type: "string", "x-kubernetes": { until: "1.25" } },
      New: { type: "string" },
      Unused: { type: "string" },
    },
    securitySchemes: { token: { type: "http", scheme: "bearer" } },
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
    expect(derive(document, "1.26").components.schemas["A"]).toEqual({
      type: "object",
      properties: { new: { $ref: "#/components/schemas/New" } },
    });
  });

  it("drops a path without operations", () => {
    const { "/a": only } = document.paths;
    const lonely = { ...document, paths: { "/a": { get: only!.get! }, "/b": { post: only!.post! } } };
    expect(Object.keys(derive(lonely, "1.29").paths)).toEqual(["/b"]);
    expect(Object.keys(derive(lonely, "1.30").paths)).toEqual(["/a", "/b"]);
  });

  it("drops components that nothing refers to, and no security scheme", () => {
    expect(Object.keys(derive(document, "1.25").components.schemas)).toEqual(["A", "Old", "New"]);
    expect(Object.keys(derive(document, "1.26").components.schemas)).toEqual(["A", "New"]);
    expect(derive(document, "1.26").components.securitySchemes).toEqual(document.components.securitySchemes);
  });

  it("leaves no key of ours and does not touch what it is given", () => {
    const before = structuredClone(document);
    expect(JSON.stringify(derive(document, "1.30"))).not.toContain('"x-kubernetes');
    expect(document).toEqual(before);
  });
});
