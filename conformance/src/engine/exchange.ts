import { type Exchange, operations, type Requirement } from "@kubelet-conformance/spec";
import type { Target } from "../target/target.ts";
import type { WireResponse } from "../target/wire.ts";
import { Broken, type CheckContext, type CheckRequest } from "./check.ts";
import { difference, type Reading } from "./expectation.ts";
import { schemaDifference } from "./schema.ts";
import { expand, subjectOf, type Variables, variablesFor } from "./variables.ts";

/** Values are percent-encoded as one path segment; `.` and `..` stay, so that exchanges can name them. */
const encode = encodeURIComponent;

/** The request of an exchange with all variables replaced. Throws MissingVariable. */
export function buildRequest(exchange: Exchange, requirement: Requirement, target: Target): CheckRequest {
  const { request } = exchange;
  const variables = variablesFor(requirement, target, undefined);
  const { need } = subjectOf(requirement, target);
  const operation = request.operation === undefined ? undefined : operationNamed(request.operation);
  const path =
    request.target !== undefined
      ? expand(request.target, variables, need, encode)
      : expandTemplate(operation?.path ?? "/", request.path ?? {}, variables, need);
  const query = request.query === undefined ? "" : `?${expand(request.query, variables, need, encode)}`;
  return {
    method: request.method ?? operation?.method ?? "GET",
    target: path + query,
    listener: request.listener ?? "main",
    client: request.client ?? "credentials",
    ...(request.headers ? { headers: request.headers } : {}),
    ...(request.body === undefined ? {} : { body: expand(request.body, variables, need) }),
    ...(request.contentLength ? { contentLength: request.contentLength } : {}),
    ...(request.protocol ? { protocol: request.protocol } : {}),
  };
}

/** Sends an exchange and compares the answer with its expectation; what is only recommended becomes a warning. */
export async function performExchange(exchange: Exchange, context: CheckContext): Promise<WireResponse> {
  const { requirement, target } = context;
  const request = buildRequest(exchange, requirement, target);
  const response = await (isPlainGet(request) ? context.read(request) : context.send(request));
  const reading = readingOf(requirement, target, request, exchange.request.operation);
  const broken = await difference(exchange.expect, response, reading);
  if (broken) throw new Broken(broken.expected, broken.actual);
  const odd = exchange.expect.should && (await difference(exchange.expect.should, response, reading));
  if (odd) context.warn(odd.expected, odd.actual);
  return response;
}

function isPlainGet({ method, body, contentLength, protocol }: CheckRequest): boolean {
  return method === "GET" && body === undefined && contentLength === undefined && protocol === undefined;
}

function readingOf(requirement: Requirement, target: Target, request: CheckRequest, operation = requirement.operation): Reading {
  return {
    minor: target.minor,
    variables: variablesFor(requirement, target, userOf(request, target)),
    need: subjectOf(requirement, target).need,
    validate: async (response) => {
      if (operation === undefined) throw new Error(`${requirement.id} wants a schema but names no operation`);
      return schemaDifference(operation, target.minor, response);
    },
  };
}

function userOf({ client }: CheckRequest, target: Target): string | undefined {
  if (typeof client === "object") return client.user;
  if (client === "credentials") return target.credentials?.user;
  if (client === "none") return "system:anonymous";
  return client?.startsWith("identity:") ? target.identities[client.slice("identity:".length)]?.user : undefined;
}

function expandTemplate(template: string, given: Record<string, string>, variables: Variables, need: string): string {
  return template.replace(/\{([^}]+)\}/g, (_whole, name: string) => encode(expand(given[name] ?? `$${name}`, variables, need)));
}

function operationNamed(id: string) {
  const operation = operations().find((candidate) => candidate.operationId === id);
  if (!operation) throw new Error(`the spec has no operation "${id}"`);
  return operation;
}
