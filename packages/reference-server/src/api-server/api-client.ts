import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { createInterface } from "node:readline";
import type { JsonObject } from "@kubelet-conformance/control-plane";
import type { ApiServerAccess } from "@kubelet-conformance/control-plane";

/** One request to the API server. */
export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, e.g. `/api/v1/nodes/n1?timeout=10s`. */
  path: string;
  body?: JsonObject;
  /** Of a PATCH. Default `application/strategic-merge-patch+json`. */
  patchType?: string;
  signal?: AbortSignal;
}

/** What the API server answered, whatever the code. */
export interface ApiAnswer {
  code: number;
  /** The object, or a Status; empty when there was no JSON object. */
  body: JsonObject;
}

/** One event of a watch. */
export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: JsonObject;
}

/** The kubelet's client of its API server. Whatever the kubelet asks or writes goes through one of these, so that a deviation can stand between. */
export interface ApiClient {
  /** Rejects with a Node.js error when no answer comes. */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** The events until the server, the signal or the connection ends them. Rejects with an ApiRefusal for anything but 200. */
  watch(path: string, signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** Ends all connections. */
  close(): void;
}

/** The API server answered with another code than was asked for. */
export class ApiRefusal extends Error {
  readonly code: number;
  readonly body: JsonObject;
  constructor({ code, body }: ApiAnswer) {
    super(typeof body["message"] === "string" ? body["message"] : `the server answered ${code}`);
    this.code = code;
    this.body = body;
  }
}

/** JSON over kept connections. `userAgent` as kubelets send it: `kubelet/v1.36.4 (linux/amd64) kubernetes/…`. */
export function createApiClient(access: ApiServerAccess, userAgent: string): ApiClient {
  const { server, authority, insecure, serverName, certificate, key, token } = access;
  const isPlain = server.startsWith("http:");
  const agent = isPlain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  const headers = {
    accept: "application/json",
    "user-agent": userAgent,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const tls = { ca: authority, cert: certificate, key, servername: serverName, rejectUnauthorized: insecure !== true };

  function open({
    method,
    path,
    body,
    patchType = "application/strategic-merge-patch+json",
    signal,
  }: ApiRequest): Promise<IncomingMessage> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const type = method === "PATCH" ? patchType : "application/json";
    const options: RequestOptions = {
      agent,
      method,
      headers: { ...headers, ...(payload === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(payload) }) },
      ...(signal === undefined ? {} : { signal }),
    };
    return new Promise((resolve, reject) => {
      const sent = isPlain ? httpRequest(server + path, options) : httpsRequest(server + path, { ...options, ...tls });
      sent.once("response", resolve).once("error", reject).end(payload);
    });
  }

  async function answerOf(response: IncomingMessage): Promise<ApiAnswer> {
    const chunks: Buffer[] = [];
    // Readable yields buffers as long as no encoding is set.
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { code: response.statusCode ?? 0, body: objectOf(Buffer.concat(chunks).toString()) };
  }

  return {
    send: async (request) => answerOf(await open(request)),
    async *watch(path, signal) {
      const response = await open({ method: "GET", path, signal });
      if (response.statusCode !== 200) throw new ApiRefusal(await answerOf(response));
      for await (const line of createInterface({ input: response })) {
        const event = objectOf(line);
        // Anything else than an event has no type that the caller knows.
        if (typeof event["type"] === "string") yield event as unknown as WatchEvent;
      }
    },
    close: () => agent.destroy(),
  };
}

function objectOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    // A parsed object has the shape of JSON by construction.
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
