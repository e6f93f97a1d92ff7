import type { MediaType, OpenApiDocument, Response } from "../src/document.ts";
import { type OperationSummary, resolve, summarize } from "../src/openapi.ts";

/** A statement and, before it, the wholes that it is a part of: `["GET /pods", "answer 200", "as application/json"]`. */
export type Fact = string[];

/** What a plain document says of each operation: ports, parameters, answers, their headers, types and named examples. */
export function operationFacts(document: OpenApiDocument): Fact[] {
  return summarize(document).flatMap((summary) => {
    const name = `${summary.method} ${summary.path}`;
    const parts = [...serverFacts(document, summary), ...parameterFacts(summary), ...answerFacts(document, summary)];
    return [[name], ...parts.map((fact) => [name, ...fact])];
  });
}

function parameterFacts({ parameters }: OperationSummary): Fact[] {
  return parameters.map((parameter) => [`${parameter.in} parameter \`${parameter.name}\``]);
}

function serverFacts(document: OpenApiDocument, { path }: OperationSummary): Fact[] {
  return (document.paths[path]?.servers ?? document.servers).map(({ url }) => [`port ${/\d+$/.exec(url)?.[0] ?? url}`]);
}

function answerFacts(document: OpenApiDocument, { path, method }: OperationSummary): Fact[] {
  const operation = document.paths[path]?.[method.toLowerCase() as "get"]; // a method as the document writes it
  return Object.entries(operation?.responses ?? {}).flatMap(([status, reference]) => {
    const response = resolve<Response>(document, reference);
    const answer = `answer ${status}`;
    const headers = Object.keys(response.headers ?? {}).map((name) => [answer, `with header \`${name}\``]);
    return [[answer], ...headers, ...Object.entries(response.content ?? {}).flatMap(([type, media]) => mediaFacts(answer, type, media))];
  });
}

function mediaFacts(answer: string, type: string, media: MediaType): Fact[] {
  const as = `as \`${type}\``;
  return [[answer, as], ...Object.keys(media.examples ?? {}).map((name) => [answer, as, `example \`${name}\``])];
}

/** The schemas of a plain document and their members, at any depth; a member is named with those around it. */
export function schemaFacts(document: OpenApiDocument): Fact[] {
  return Object.entries(document.components.schemas).flatMap(([name, schema]) => {
    const whole = `schema \`${name}\``;
    return [[whole], ...memberFacts(schema, []).map((fact) => [whole, ...fact])];
  });
}

function memberFacts(schema: unknown, around: readonly string[]): Fact[] {
  if (typeof schema !== "object" || schema === null) return [];
  const properties: unknown = Reflect.get(schema, "properties");
  const members = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
  const own = members.flatMap(([name, member]) => {
    const path = [...around, name];
    return [path.map((_, depth) => `member \`${path.slice(0, depth + 1).join(".")}\``), ...memberFacts(member, path)];
  });
  return [...own, ...memberFacts(Reflect.get(schema, "items"), around)];
}
