import type { Range } from "./version.ts";

/** A fact about versions on a node of the document; the node holds only within the range, and only with the gate on when one is named. */
export interface VersionFacts extends Range {
  gate?: string;
}

/** What `x-kubernetes-authorization` says: the verb and, by version, the subresources of `nodes` of which one must be allowed. */
export interface Authorization {
  verb: string;
  subresources: (Range & { subresources: string[] })[];
}

/** The parts of the OpenAPI 3.1 document that this project reads. Every object may hold more. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; summary?: string };
  servers: Server[];
  paths: Record<string, PathItem>;
  components: Components;
}

export interface Components {
  schemas: Record<string, JsonSchema>;
  parameters?: Record<string, Parameter>;
  headers?: Record<string, Header>;
  examples?: Record<string, Example>;
  responses?: Record<string, Response>;
  securitySchemes?: Record<string, unknown>;
}

export interface Server {
  url: string;
  description?: string;
}

/** Methods are lower case, as OpenAPI writes them. */
export type Method = "get" | "post" | "put" | "patch" | "delete" | "head" | "options" | "trace";

export type PathItem = { servers?: Server[]; parameters?: (Parameter | Reference)[] } & Partial<Record<Method, Operation>>;

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody;
  security?: Record<string, string[]>[];
  responses: Record<string, Response | Reference>;
  "x-kubernetes"?: VersionFacts;
  "x-kubernetes-authorization"?: Authorization;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: JsonSchema;
  example?: unknown;
}

export interface RequestBody {
  description?: string;
  required?: boolean;
  content: Record<string, MediaType>;
}

export interface Response {
  description: string;
  headers?: Record<string, Header | Reference>;
  content?: Record<string, MediaType>;
}

export interface Header {
  description?: string;
  required?: boolean;
  schema?: JsonSchema;
  example?: unknown;
}

export interface MediaType {
  schema?: JsonSchema;
  examples?: Record<string, Example | Reference>;
}

export interface Example {
  summary?: string;
  value: unknown;
  /** Which of the response's headers go with this answer; all of them when absent. */
  "x-kubernetes-headers"?: string[];
}

export interface Reference {
  $ref: string;
}

/** A JSON Schema of draft 2020-12, or a reference to one. */
export type JsonSchema = Record<string, unknown>;
