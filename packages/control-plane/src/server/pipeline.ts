import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { authenticate, authorize } from "../access/access.ts";
import { methodNotAllowed, unknownResource } from "../api/status-error.ts";
import { parsePath, verbOf, type Target, type Verb } from "../api/target.ts";
import { injectedError, type FaultMatch } from "../faults.ts";
import { redacted, type OpenRecord } from "../request-log.ts";
import { checkAccept, readBody } from "./body.ts";
import type { ServerContext } from "./call.ts";
import { versionInfo } from "./version.ts";
import { sendError, sendJson, sendText } from "./respond.ts";
import { route } from "./route.ts";

/** Answers one request and records it: authentication, faults, authorization, handler. */
export async function serve(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  upgrade?: { socket: Duplex; head: Buffer },
): Promise<void> {
  const url = request.url ?? "/";
  const question = url.indexOf("?");
  const path = question < 0 ? url : url.slice(0, question);
  const search = question < 0 ? "" : url.slice(question);
  const record = startRecord(context, request, response, path, search.slice(1));
  response.setHeader("Audit-Id", randomUUID());
  response.setHeader("Cache-Control", "no-cache, private");
  try {
    const query = new URLSearchParams(search);
    const parsed = parsePath(path);
    const target = typeof parsed === "string" ? undefined : parsed;
    const verb = target && verbOf(request.method ?? "", target, query);
    describe(record, target, verb);
    // Every connection is a TLS one.
    const user = authenticate(context.access, request.socket as TLSSocket, request.headers.authorization);
    record.user = user.name;
    const isProxy = target?.resource === "nodes" && target.subresource === "proxy";
    const body = isProxy ? {} : await readBody(request);
    if (target !== undefined && Object.keys(body).length > 0) record.body = redacted(target, body);
    context.requests.changed();
    if (await suffers(context, response, { verb, target, user: user.name, query })) return;
    if (typeof parsed === "string") {
      if (answersPublicly(path, context, response)) return;
      if (parsed === "not-found") sendText(response, 404, "404 page not found\n");
      else throw unknownResource();
      return;
    }
    if (verb === undefined) throw methodNotAllowed();
    authorize(context.access, user, verb, parsed);
    if (!isProxy) checkAccept(request.headers.accept);
    const answer = route(verb, parsed)({ request, response, upgrade, user, verb, target: parsed, query, search, body }, context);
    if (answer !== undefined) sendJson(response, answer.code, answer.body);
    // A watch has its status from here on, long before it ends.
    if (response.headersSent) record.status = response.statusCode;
    context.requests.changed();
  } catch (error) {
    sendError(response, error);
  }
}

function startRecord(
  { requests }: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): OpenRecord {
  const { method = "", headers } = request;
  const record: OpenRecord = { time: Date.now(), method, path, query, userAgent: headers["user-agent"] ?? "" };
  // A client that is gone ends its request through "close"; what was still written then is nobody's error.
  response.on("error", () => {});
  response.once("close", () => {
    if (response.headersSent || response.statusCode === 101) record.status = response.statusCode;
    record.durationMs = Date.now() - record.time;
    requests.changed();
  });
  requests.add(record);
  return record;
}

function describe(record: OpenRecord, target: Target | undefined, verb: Verb | undefined): void {
  if (verb !== undefined) record.verb = verb;
  if (target === undefined) return;
  const { resource, subresource, namespace, name } = target;
  record.resource = subresource === undefined ? resource : `${resource}/${subresource}`;
  if (namespace !== undefined) record.namespace = namespace;
  if (name !== undefined) record.name = name;
}

/** Lets the injected faults happen; true when the request ends there. */
async function suffers({ faults }: ServerContext, response: ServerResponse, match: FaultMatch): Promise<boolean> {
  for (const effect of faults.take(match)) {
    if (effect.kind === "status") throw injectedError(effect, match.target);
    if (effect.kind === "cut") {
      response.destroy();
      return true;
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    await delay(effect.milliseconds, undefined, { signal: gone.signal }).catch(() => {});
    if (gone.signal.aborted) return true;
  }
  return false;
}

function answersPublicly(path: string, { kubernetesVersion }: ServerContext, response: ServerResponse): boolean {
  if (["/healthz", "/livez", "/readyz"].includes(path)) sendText(response, 200, "ok");
  else if (path === "/version") sendJson(response, 200, versionInfo(kubernetesVersion));
  else return false;
  return true;
}
