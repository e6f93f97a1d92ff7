import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { onTestFinished } from "vitest";
import type { JsonObject } from "./api/json.ts";
import { startControlPlane, type ControlPlane, type ControlPlaneOptions, type Credentials } from "./index.ts";

/** A running control plane that ends with its test, and clients for it. */
export async function plane(options: ControlPlaneOptions = {}) {
  const running = await startControlPlane(options);
  onTestFinished(() => running.stop());
  const identity = (commonName: string, ...organizations: string[]): Credentials =>
    running.authority.issue({ commonName, organizations, usage: "client" });
  return {
    running,
    admin: client(running, identity("admin", "system:masters")),
    identity,
    client: (who?: Credentials) => client(running, who),
  };
}

export interface Reply {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
  /** The body, when it is JSON. */
  json: JsonObject;
}

export interface Sending {
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

/** Sends requests as that client; `open` hands out the response before its body. */
function client({ url, authority }: ControlPlane, who: Credentials | undefined) {
  async function open(method: string, path: string, { body, type, headers = {} }: Sending = {}): Promise<IncomingMessage> {
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const request = https.request(`${url}${path}`, {
      method,
      ca: authority.cert,
      ...who,
      agent: false,
      headers: {
        ...(text !== undefined && { "Content-Type": type ?? "application/json", "Content-Length": Buffer.byteLength(text) }),
        ...headers,
      },
    });
    request.end(text);
    const [response] = (await once(request, "response")) as [IncomingMessage]; // The event's only argument.
    return response;
  }

  async function send(method: string, path: string, sending?: Sending): Promise<Reply> {
    const response = await open(method, path, sending);
    response.setEncoding("utf8");
    let text = "";
    for await (const chunk of response) text += String(chunk);
    const isJson = response.headers["content-type"] === "application/json" && text.startsWith("{") && !text.includes("}\n{");
    return { status: response.statusCode ?? 0, headers: response.headers, text, json: isJson ? (JSON.parse(text) as JsonObject) : {} };
  }

  return { open, send };
}

/** The events of a watch, one by one. */
export async function* watchEvents(response: IncomingMessage): AsyncGenerator<{ type: string; object: JsonObject }, undefined> {
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) {
    text += String(chunk);
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      yield JSON.parse(text.slice(0, end)) as { type: string; object: JsonObject }; // What the API promises of a line.
      text = text.slice(end + 1);
    }
  }
  return undefined;
}
