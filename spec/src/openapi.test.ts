import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { find } from "./derive.ts";
import type { Example, MediaType, OpenApiDocument, Response } from "./document.ts";
import { openapi, operations, resolve, specAt } from "./openapi.ts";
import { minors } from "./version.ts";

/** A strict validator that knows the document, and the keywords that OpenAPI adds to JSON Schema. */
function validator(document: object): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  ajv.addVocabulary(["openapi", "info", "servers", "externalDocs", "tags", "paths", "components", "x-kubernetes", "example"]);
  return ajv.addSchema(document, "spec");
}

function pointer(...path: string[]): string {
  return `spec#/${path.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
}

/** Every media type of every response: where it is and what it is. */
function contents(document: OpenApiDocument): { where: string; media: MediaType }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) =>
      Object.entries(item[method]?.responses ?? {}).flatMap(([status, response]) =>
        Object.entries(resolve<Response>(document, response).content ?? {}).map(([type, media]) => ({
          where: `${method} ${path} ${status} ${type}`,
          media,
        })),
      ),
    ),
  );
}

/** Where every schema of a document is: components, and whatever a parameter, a header or a media type holds. */
function schemas(node: unknown, path: string[] = []): string[][] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const place = [...path, key];
    if (key === "schema" || (path.length === 2 && path[1] === "schemas")) return [place];
    return schemas(value, place);
  });
}

/** Every reference of a document. */
function references(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === "$ref" ? [String(value)] : references(value)));
}

describe("openapi", () => {
  it("has schemas that all compile in strict mode", () => {
    const ajv = validator(openapi());
    const places = schemas(openapi());
    expect(places.length).toBeGreaterThan(50);
    expect(places.filter((place) => typeof ajv.getSchema(pointer(...place)) !== "function")).toEqual([]);
  });

  it("would notice a schema that is none", () => {
    const broken = { ...openapi(), components: { schemas: { Broken: { type: "strnig" } } } };
    expect(() => validator(broken).getSchema(pointer("components", "schemas", "Broken"))).toThrow("type must be");
  });

  it.each(minors)("has only examples that fit their schemas at %s, and at least one for each media type", (minor) => {
    const document = specAt(minor);
    const ajv = validator(document);
    const wrong = contents(document).flatMap(({ where, media }) => {
      const validate = ajv.getSchema(`spec${String(media.schema?.["$ref"])}`);
      const examples = Object.entries(media.examples ?? {});
      if (!validate || examples.length === 0) return [`${where}: no ${validate ? "example" : "schema"}`];
      return examples.flatMap(([name, example]) =>
        validate(resolve<Example>(document, example).value) ? [] : `${where} ${name}: ${ajv.errorsText(validate.errors)}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it.each(minors)("points its references at what exists at %s", (minor) => {
    const document = specAt(minor);
    expect(references(document).filter((reference) => find(document, reference) === undefined)).toEqual([]);
  });

  it("refuses a minor that is not covered", () => {
    expect(() => specAt("1.24")).toThrow("Kubernetes 1.24 is not covered; the spec covers 1.25 to 1.37");
  });
});

describe("specAt", () => {
  const examples = (minor: string, path: string, method: "get" | "post", status: string): string[] => {
    const document = specAt(minor);
    const response = document.paths[path]?.[method]?.responses[status];
    return response === undefined
      ? []
      : Object.values(resolve<Response>(document, response).content ?? {}).flatMap((media) => Object.keys(media.examples ?? {}));
  };
  const checkpoint = "/checkpoint/{namespace}/{pod}/{container}";

  it("knows when operations came", () => {
    expect(specAt("1.31").paths["/healthz/device-plugin"]?.get).toBeUndefined();
    expect(specAt("1.32").paths["/healthz/device-plugin"]?.get?.operationId).toBe("getHealthzDevicePlugin");
    expect(specAt("1.26").paths["/metrics/slis"]?.delete).toBeUndefined();
    expect(specAt("1.27").paths["/metrics/slis"]?.delete?.operationId).toBe("resetMetricsSlis");
  });

  it("says of whatever refuses no method that it answers all of them", () => {
    const { paths } = specAt("1.37");
    const silent = Object.entries(paths).filter(
      ([, { get }]) =>
        get !== undefined &&
        get.responses["405"] === undefined &&
        !/Every method (?:but DELETE )?works as GET does/.test(get.description ?? ""),
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it("tells redirects, 415 and the text of 403 by minor", () => {
    expect(specAt("1.35").paths[checkpoint]?.post?.responses["301"]).toBeDefined();
    expect(specAt("1.36").paths[checkpoint]?.post?.responses["301"]).toBeUndefined();
    expect(specAt("1.33").paths[checkpoint]?.post?.responses["415"]).toBeDefined();
    expect(specAt("1.34").paths[checkpoint]?.post?.responses["415"]).toBeUndefined();
    expect(examples("1.29", checkpoint, "post", "403")).toEqual(["forbidden-until-1-29"]);
    expect(examples("1.31", checkpoint, "post", "403")).toEqual(["forbidden-until-1-31"]);
    expect(examples("1.37", checkpoint, "post", "403")).toEqual(["forbidden"]);
    expect(examples("1.33", "/pods", "get", "403")).toEqual(["forbidden", "forbidden-without-fine-grained-authorization"]);
  });

  it.each([
    ["1.30", "text/plain; version=0.0.4; charset=utf-8"],
    ["1.32", "text/plain; version=0.0.4; charset=utf-8; escaping=values"],
    ["1.33", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"],
  ])("knows one text type of metrics at %s", (minor, type) => {
    const document = specAt(minor);
    for (const path of ["/metrics", "/metrics/cadvisor", "/metrics/resource", "/metrics/probes", "/metrics/slis"]) {
      const response = document.paths[path]?.get?.responses["200"];
      const types = Object.keys((response && resolve<Response>(document, response).content) ?? {});
      expect(types.filter((each) => each.startsWith("text/"))).toEqual([type]);
      expect(types.filter((each) => each.startsWith("application/vnd.google.protobuf;"))).toHaveLength(1);
    }
  });
});

describe("operations", () => {
  it("lists each with method, path, parameters and authorization", () => {
    expect(operations()).toContainEqual({
      operationId: "checkpointContainer",
      method: "POST",
      path: "/checkpoint/{namespace}/{pod}/{container}",
      area: "checkpoint",
      gate: "ContainerCheckpoint",
      authorization: {
        verb: "create",
        subresources: [
          { until: "1.29", subresources: ["proxy"] },
          { since: "1.30", subresources: ["checkpoint"] },
        ],
      },
      parameters: [
        { name: "namespace", in: "path", required: true },
        { name: "pod", in: "path", required: true },
        { name: "container", in: "path", required: true },
        { name: "timeout", in: "query", required: false },
      ],
    });
    expect(new Set(operations().map(({ operationId }) => operationId)).size).toBe(operations().length);
  });
});
