import type { Ajv2020 as Ajv } from "ajv/dist/2020.js";
import {
  type JsonSchema,
  type MediaType,
  type OpenApiDocument,
  operations,
  type Reference,
  resolve,
  type Response,
  specAt,
} from "@kubelet-conformance/spec";

/** A kubelet's answer, as far as the spec speaks of it. */
export interface Answer {
  status: number;
  contentType: string | undefined;
  body: Uint8Array;
}

/** What the spec says, and what came instead; `actual` is undefined where that is the body itself. */
export interface SchemaDifference {
  expected: string;
  actual: string | undefined;
}

type Validate = (value: unknown) => string | undefined;
const compiled = new Map<JsonSchema, Promise<Validate>>();
const compilers = new Map<string, Promise<Ajv>>();

/** Validates an answer against the spec's schema for this operation, status and media type. Loads ajv on first use. */
export async function schemaDifference(operationId: string, minor: string, answer: Answer): Promise<SchemaDifference | undefined> {
  const different = headDifference(operationId, minor, answer);
  if (different) return different;
  const mediaType = mediaTypeOf(answer.contentType);
  const schema = mediaOf(responseOf(operationId, minor, answer.status), mediaType)?.schema;
  if (!schema) return undefined;
  const text = new TextDecoder().decode(answer.body);
  // Kubelets send a command's output as JSON, which it is not; none answers with a JSON string.
  const isText = mediaType !== "application/json" || resolve<JsonSchema>(specAt(minor), schema)["type"] === "string";
  const body = isText ? { value: text } : parsed(text);
  if (!body) return { expected: "a JSON body", actual: undefined };
  const problem = await schemaProblem(schema, minor, body.value);
  return problem === undefined
    ? undefined
    : { expected: `a body valid against the spec's schema of ${operationId} ${answer.status}`, actual: problem };
}

/** What is wrong with status and media type of an answer, which is known before its body. */
export function headDifference(
  operationId: string,
  minor: string,
  { status, contentType }: Pick<Answer, "status" | "contentType">,
): SchemaDifference | undefined {
  const described = responseOf(operationId, minor, status);
  if (!described) return { expected: `a status that the spec has for ${operationId}`, actual: String(status) };
  const mediaType = mediaTypeOf(contentType);
  if (mediaOf(described, mediaType) || (!described.content && mediaType === undefined)) return undefined;
  return { expected: `a media type that the spec has for ${operationId} ${status}`, actual: mediaType ?? "no Content-Type header" };
}

function mediaOf(described: Response | undefined, mediaType: string | undefined): MediaType | undefined {
  return Object.entries(described?.content ?? {}).find(([key]) => mediaTypeOf(key) === mediaType)?.[1];
}

/** What the spec's document of a minor says of an operation's answer with this status; undefined when it has none. */
export function responseOf(operationId: string, minor: string, status: number): Response | undefined {
  const operation = operations().find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`the spec has no operation "${operationId}"`);
  const document: OpenApiDocument = specAt(minor);
  const item = document.paths[operation.path];
  // Methods of the summary come from the document's own keys.
  const described: Response | Reference | undefined = item?.[operation.method.toLowerCase() as "get"]?.responses[String(status)];
  return described && resolve<Response>(document, described);
}

/** The first thing that is wrong with a value by a schema of this minor's document; undefined: nothing is. */
export async function schemaProblem(schema: JsonSchema, minor: string, value: unknown, name = "the body"): Promise<string | undefined> {
  // A minor's document is derived once, so its schemas are their own keys.
  const validator = compiled.get(schema) ?? compile(minor, schema);
  compiled.set(schema, validator);
  return (await validator)(value)?.replace(/^the value/, name);
}

async function compile(minor: string, schema: JsonSchema): Promise<Validate> {
  const compiler = compilers.get(minor) ?? compilerAt(minor);
  compilers.set(minor, compiler);
  const validate = (await compiler).compile(rebase(schema));
  return (value) => {
    if (validate(value)) return undefined;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath === "" ? "the value" : first?.instancePath} ${first?.message ?? "is not valid"}`;
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
function rebase(schema: JsonSchema): JsonSchema {
  // A schema is JSON, and stays an object.
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"kubelet#/')) as JsonSchema;
}

/** A media type without its parameters, in lower case. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(";")[0]?.trim().toLowerCase();
}

/** Wrapped, so that a body of `null` is told from a body that is no JSON. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
