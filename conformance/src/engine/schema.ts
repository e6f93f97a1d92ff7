import type { Ajv2020 as Ajv } from "ajv/dist/2020.js";
import { operations, specAt } from "@kubelet-conformance/spec";
import type { WireResponse } from "../target/wire.ts";
import { headerOf } from "../target/wire.ts";
import { type Difference, mediaTypeOf, parseJson, quotedBody } from "./expectation.ts";
import { pointer } from "./json-pointer.ts";

type Validate = (body: unknown) => string | undefined;
const compiled = new Map<string, Promise<Validate>>();
const compilers = new Map<string, Promise<Ajv>>();

/** Validates an answer against the spec's schema for this operation, status and media type. Loads ajv on first use. */
export async function schemaDifference(operationId: string, minor: string, response: WireResponse): Promise<Difference | undefined> {
  const operation = operations().find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`the spec has no operation "${operationId}"`);
  const mediaType = mediaTypeOf(headerOf(response, "content-type"));
  const place = ["paths", operation.path, operation.method.toLowerCase(), "responses", String(response.status)];
  const described = resolveReference(minor, place);
  if (described === undefined) return { expected: `a status that the spec has for ${operationId}`, actual: String(response.status) };
  const media = Object.keys(asRecord(pointer(described, "/content"))).find((key) => mediaTypeOf(key) === mediaType);
  if (media === undefined) {
    return {
      expected: `a media type that the spec has for ${operationId} ${response.status}`,
      actual: mediaType ?? "no Content-Type header",
    };
  }
  const schema = pointer(described, `/content/${escape(media)}/schema`);
  if (schema === undefined) return undefined;
  const key = `${minor} ${operationId} ${response.status} ${media}`;
  const validator = compiled.get(key) ?? compile(minor, schema);
  compiled.set(key, validator);
  const isJson = mediaType === "application/json";
  const body = isJson ? parseJson(response) : { value: response.body.toString() };
  if (!body) return { expected: "a JSON body", actual: quotedBody(response) };
  const problem = (await validator)(body.value);
  return problem === undefined
    ? undefined
    : { expected: `a body valid against the spec's schema of ${operationId} ${response.status}`, actual: problem };
}

async function compile(minor: string, schema: unknown): Promise<Validate> {
  const compiler = compilers.get(minor) ?? compilerAt(minor);
  compilers.set(minor, compiler);
  const validate = (await compiler).compile(rebase(schema));
  return (body) => {
    if (validate(body)) return undefined;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath === "" ? "the body" : first?.instancePath} ${first?.message ?? "is not valid"}`;
  };
}

/** Schemas of one minor refer to the same components, so they share a compiler, which compiles each component once. */
async function compilerAt(minor: string): Promise<Ajv> {
  const [{ Ajv2020 }, formats] = await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
  // The document is checked where it is made; checking it again, and polishing code that runs once, took longer than all validation.
  const ajv = new Ajv2020({ strict: false, allErrors: false, meta: false, validateSchema: false, code: { optimize: false } });
  formats.default.default(ajv);
  // The document's components go in as a schema of their own, so that references into them resolve.
  ajv.addSchema({ $id: "kubelet", components: specAt(minor).components });
  return ajv;
}

/** Points the internal references of a schema at the document that was added as `kubelet`. */
function rebase(schema: unknown): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"kubelet#/');
  return asRecord(JSON.parse(text));
}

function resolveReference(minor: string, place: string[]): unknown {
  const document = specAt(minor);
  const found = pointer(document, `/${place.map(escape).join("/")}`);
  const reference = asRecord(found)["$ref"];
  return typeof reference === "string" ? pointer(document, reference.slice(1)) : found;
}

function escape(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

function asRecord(value: unknown): Record<string, unknown> {
  // Narrowed to an object first; its members stay unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
