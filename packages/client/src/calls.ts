import type { paths } from "@kubelet-conformance/types";
import createClient, { type FetchResponse, type MaybeOptionalInit, mergeHeaders, type Middleware } from "openapi-fetch";
import type { HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from "openapi-typescript-helpers";
import { answerError } from "./answer-error.ts";
import { KubeletError } from "./kubelet-error.ts";
import { fillPath, operationOf } from "./operation.ts";
import type { Transport } from "./transport.ts";

/** What every call takes beside parameters, body, headers, `signal` and `parseAs`. */
export interface CallOptions {
  /** In place of the client's. */
  timeoutMs?: number;
}

/** Either the answer's data, or why there is none. A call rejects with a KubeletError only where no answer came at all. */
export type KubeletResult<Operation extends Record<string | number, unknown>, Init> =
  | { data: Extract<FetchResponse<Operation, Init, MediaType>, { error?: never }>["data"]; error?: never; response: Response }
  | { data?: never; error: KubeletError; response: Response };

type InitArgument<Init> =
  RequiredKeysOf<Init> extends never ? [(Init & CallOptions & Record<string, unknown>)?] : [Init & CallOptions & Record<string, unknown>];

type Call<Method extends HttpMethod> = <Path extends PathsWithMethod<paths, Method>, Init extends MaybeOptionalInit<paths[Path], Method>>(
  path: Path,
  ...init: InitArgument<Init>
) => Promise<KubeletResult<paths[Path][Method] & {}, Init>>;

/** Every operation of the spec by method and path template, as openapi-fetch takes them. Text comes as a string, JSON parsed. */
export interface Calls {
  readonly GET: Call<"get">;
  readonly POST: Call<"post">;
  readonly PUT: Call<"put">;
  readonly DELETE: Call<"delete">;
  /** Adds middlewares of openapi-fetch. They never see the client's credentials, which are added behind them. */
  use(...middleware: Middleware[]): void;
  eject(...middleware: Middleware[]): void;
}

export interface CallContext {
  base: string;
  viaProxy: boolean;
  transport: Transport;
  timeoutMs: number;
}

/** A call's options as they are at run time, whatever the operation. */
export interface AnyInit extends CallOptions {
  params?: { path?: Record<string, unknown> };
  body?: unknown;
  headers?: Parameters<typeof mergeHeaders>[0];
  /** Followed logs: silent for any time once they have begun. */
  endless?: boolean;
  [option: string]: unknown;
}

interface AnyResult {
  data?: unknown;
  error?: KubeletError;
  response: Response;
}

export function createCalls({ base, viaProxy, transport, timeoutMs: usual }: CallContext): Calls {
  const api = createClient<paths>({ baseUrl: base, bodySerializer: serializeBody });
  api.use({
    onResponse: ({ request, response, schemaPath, options }) =>
      readable(operationOf(request.method, schemaPath), schemaPath, response, options.parseAs),
  });
  // Its types tie method, path and options together, which they are by the types of Calls.
  const request = api.request as (method: string, path: string, init: object) => Promise<{ data?: unknown; response: Response }>;

  async function readable(operation: string, path: string, response: Response, parseAs: string): Promise<Response | undefined> {
    if (!response.ok) throw new AnswerWithoutData(response, await answerError(response, { operation, viaProxy, redact: transport.redact }));
    if (parseAs !== "json") return undefined;
    // These have no body, nor may one be put in its place.
    if (response.status === 204 || response.status === 205) return nothing(response);
    const type = response.headers.get("content-type") ?? "";
    // What commands write is called JSON, and is not.
    if (/\bjson\b/.test(type) && !path.startsWith("/run/")) return undefined;
    if (/octet-stream|protobuf/.test(type)) {
      await response.body?.cancel();
      throw new KubeletError({
        code: "binary-answer",
        operation,
        reason: `the answer is binary (${type}); ask with parseAs: "arrayBuffer" or "stream"`,
      });
    }
    const headers = new Headers(response.headers);
    // openapi-fetch has nothing to say of what is 0 bytes long.
    headers.delete("content-length");
    return new Response(JSON.stringify(await response.text()), { status: response.status, headers });
  }

  const call = async (method: string, path: string, init: AnyInit = {}): Promise<AnyResult> => {
    const operation = operationOf(method, path);
    const { timeoutMs = usual, endless = false, ...rest } = init;
    const patience = { headMs: timeoutMs, bodyMs: endless ? 0 : timeoutMs };
    try {
      return await request(method, path, {
        ...rest,
        // Without it openapi-fetch leaves the path's names as they are.
        params: { ...rest.params, path: { ...rest.params?.path } },
        headers: mergeHeaders(contentType(init.body), init.headers),
        redirect: "manual",
        pathSerializer: (template: string, values: Record<string, unknown>) => fillPath(operation, template, values),
        fetch: (asked: Request) => transport.fetch(operation, asked, patience),
      });
    } catch (error) {
      if (error instanceof AnswerWithoutData) return { error: error.reason, response: error.response };
      if (error instanceof SyntaxError)
        throw new KubeletError({ code: "malformed", operation, reason: `the answer is no JSON: ${transport.redact(error.message)}` });
      throw error;
    }
  };
  // One function stands behind all four; what each path takes and gives only the types know.
  const by = <Method extends HttpMethod>(method: string) =>
    ((path: string, init?: AnyInit) => call(method, path, init)) as unknown as Call<Method>;
  return {
    GET: by("GET"),
    POST: by("POST"),
    PUT: by("PUT"),
    DELETE: by("DELETE"),
    use: (...middleware) => api.use(...middleware),
    eject: (...middleware) => api.eject(...middleware),
  };
}

/** An answer that openapi-fetch takes for empty. */
function nothing({ status, headers }: Response): Response {
  const empty = new Headers(headers);
  empty.delete("transfer-encoding");
  empty.set("content-length", "0");
  return new Response(null, { status, headers: empty });
}

/** Takes an answer past openapi-fetch, which drops errors without a text. */
class AnswerWithoutData extends Error {
  readonly response: Response;
  readonly reason: KubeletError;

  constructor(response: Response, reason: KubeletError) {
    super(reason.message);
    this.response = response;
    this.reason = reason;
  }
}

/** The spec's bodies are texts and forms. */
function serializeBody(body: unknown): string {
  return typeof body === "string" ? body : new URLSearchParams(body as Record<string, string>).toString();
}

function contentType(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  return { "Content-Type": typeof body === "string" ? "text/plain" : "application/x-www-form-urlencoded" };
}
