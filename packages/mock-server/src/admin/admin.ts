import type { IncomingMessage, ServerResponse } from "node:http";
import { type Scenarios, UnknownScenarioError } from "../scenario/scenarios.ts";
import { adminPage, pagePolicy, requestItems } from "./admin-page.ts";
import { refusedAdmin } from "./guard.ts";
import type { RequestLog } from "./request-log.ts";

export interface AdminOptions {
  kubernetesVersion: string;
  strict: boolean;
  scenarios: Scenarios;
  log: RequestLog;
  /** What went wrong with the last reload. */
  problem: () => string | undefined;
  scheme: string;
  /** As given to listen on. */
  host: string;
}

const longestBody = 4096;

/** Answers what is below /_mock/: the page for people, and the same for programs. */
export async function answerAdmin(request: IncomingMessage, response: ServerResponse, options: AdminOptions): Promise<void> {
  const { scenarios, log } = options;
  const [path = ""] = (request.url ?? "").split("?");
  const refused = refusedAdmin(request, options);
  response.setHeader("Cache-Control", "no-store");
  if (refused !== undefined) return json(response, 403, { error: refused });
  const method = request.method === "HEAD" ? "GET" : request.method;
  switch (`${method} ${path}`) {
    case "GET /_mock":
      return void response.writeHead(307, { Location: "/_mock/" }).end();
    case "GET /_mock/":
      response.setHeader("Content-Security-Policy", pagePolicy);
      return html(response, adminPage(stateOf(options), log.list()));
    case "GET /_mock/state":
      return json(response, 200, stateOf(options));
    case "GET /_mock/requests":
      if (request.headers.accept === "text/html") return html(response, requestItems(log.list()));
      return json(response, 200, { requests: log.list() });
    case "DELETE /_mock/requests":
      reset(options);
      return void response.writeHead(204).end();
    case "POST /_mock/reset":
      reset(options);
      return void response.writeHead(303, { Location: "/_mock/" }).end();
    case "PUT /_mock/scenario":
    case "POST /_mock/scenario": {
      const name = wanted(request.method === "POST", await bodyOf(request));
      if (name === false) return json(response, 400, { error: 'send {"scenario": "NAME"}, or null for none' });
      try {
        scenarios.use(name);
      } catch (error) {
        if (!(error instanceof UnknownScenarioError)) throw error;
        return json(response, 404, { error: error.message });
      }
      if (request.method === "PUT") return json(response, 200, stateOf(options));
      return void response.writeHead(303, { Location: "/_mock/" }).end();
    }
    default:
      return json(response, 404, {
        error: "there are GET /_mock/, GET /_mock/state, PUT /_mock/scenario, GET and DELETE /_mock/requests",
      });
  }
}

/** What a mock says about itself. */
export interface AdminState {
  kubernetesVersion: string;
  strict: boolean;
  /** Null: none is on. */
  scenario: string | null;
  scenarios: ReturnType<Scenarios["describe"]>;
  /** What is wrong with the files that were changed last; the mock goes on with what it had. */
  problem?: string;
}

function stateOf({ kubernetesVersion, strict, scenarios, problem }: AdminOptions): AdminState {
  const wrong = problem();
  return {
    kubernetesVersion,
    strict,
    scenario: scenarios.current ?? null,
    scenarios: scenarios.describe(),
    ...(wrong === undefined ? {} : { problem: wrong }),
  };
}

function reset({ scenarios, log }: AdminOptions): void {
  log.clear();
  scenarios.restart();
}

/** The name in a form or in JSON; undefined for none, false for what says neither. */
function wanted(isForm: boolean, body: string): string | undefined | false {
  if (isForm) return new URLSearchParams(body).get("scenario") || undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || !("scenario" in value)) return false;
    if (value.scenario === null) return undefined;
    return typeof value.scenario === "string" ? value.scenario : false;
  } catch {
    return false;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) if (body.length < longestBody) body += String(chunk);
  return body;
}

function json(response: ServerResponse, status: number, value: object): void {
  response.setHeader("Content-Type", "application/json");
  response.writeHead(status).end(`${JSON.stringify(value, null, 2)}\n`);
}

function html(response: ServerResponse, text: string): void {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.writeHead(200).end(text);
}
