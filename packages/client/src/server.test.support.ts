import { once } from "node:events";
import http, { type RequestListener } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { createAuthority, type Authority } from "@kubelet-conformance/control-plane";
import { onTestFinished } from "vitest";
import type { KubeletClient } from "./index.ts";
import { openClient } from "./kubelet.test.support.ts";

export interface TestServer {
  url: string;
  authority: Authority;
  /** Every request's method and URL, in order, and what it had for Authorization. */
  asked: { url: string; authorization: string | undefined }[];
  server: https.Server | http.Server;
  /** A client with the token `secret-token`. */
  client: (options?: { timeoutMs?: number; signal?: AbortSignal }) => Promise<KubeletClient>;
}

/** A server over TLS that answers as told. */
export async function serve(answer: RequestListener): Promise<TestServer> {
  const authority = await createAuthority({ commonName: "ca" });
  const serving = authority.issue({ commonName: "n", names: ["127.0.0.1"], usage: "server" });
  const asked: TestServer["asked"] = [];
  const server = https.createServer(serving, (request, response) => {
    asked.push({ url: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    answer(request, response);
  });
  const url = `https://127.0.0.1:${await listen(server)}`;
  const client: TestServer["client"] = (options) => openClient({ server: url, ca: authority.cert, token: "secret-token", ...options });
  return { url, authority, asked, server, client };
}

/** The same without TLS. */
export async function servePlain(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(http.createServer(answer))}`;
}

async function listen(server: http.Server | https.Server): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port; // A listening TCP server has an AddressInfo.
}
