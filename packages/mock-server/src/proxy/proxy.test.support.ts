import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startKubelet } from "@kubelet-conformance/reference-server";
import type { Minor } from "@kubelet-conformance/spec";
import { openHar } from "../har/writer.ts";
import { createSpecification } from "../specification.ts";
import { openSession, type Session } from "./session.ts";
import { createUpstream, type UpstreamOptions } from "./upstream.ts";

export const minor: Minor = "1.36";

export interface ProxyUnderTest {
  port: number;
  /** What was said so far. */
  said: string[];
  /** Sends a request as it is, and reads the answer. */
  send(target: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answered>;
  /** Ends it; the summary. */
  end(): Promise<string>;
}

export interface Answered {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

/** A proxy on a free port in front of a kubelet. */
export async function startProxy(upstream: UpstreamOptions, file?: string): Promise<ProxyUnderTest> {
  const said: string[] = [];
  const session: Session = openSession({
    upstream: createUpstream(upstream),
    specification: createSpecification(minor),
    refuse: () => undefined,
    recording: file === undefined ? undefined : openHar(file, { name: "mock-kubelet", version: "0.0.0" }),
    say: (line) => said.push(line),
  });
  const server = createServer(session.request);
  server.on("upgrade", session.upgrade);
  const port = await listen(server);
  return {
    port,
    said,
    send: (target, options) => send(port, target, options),
    end: async () => {
      server.close();
      server.closeAllConnections();
      return (await session.end()).text;
    },
  };
}

/** The reference kubelet with its sample pod. */
export async function startReference(): Promise<{ upstream: UpstreamOptions; pod: string; stop: () => Promise<void> }> {
  const kubelet = await startKubelet({ kubernetesVersion: minor });
  await kubelet.settled;
  const clientCertificate = kubelet.adminCredentials;
  if (!clientCertificate) throw new Error("the reference kubelet has no administrator");
  const upstream = { url: kubelet.urls.main, clientCertificate, insecureSkipTlsVerify: true };
  return { upstream, pod: `sample-${kubelet.nodeName}`, stop: () => kubelet.stop() };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A TCP server's address is of this kind.
  return (server.address() as AddressInfo).port;
}

export async function send(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: Parameters<ProxyUnderTest["send"]>[1] = {},
): Promise<Answered> {
  const response = await new Promise<IncomingMessage>((done, fail) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, done);
    sent.once("error", fail);
    sent.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
}
