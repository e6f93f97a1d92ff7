import type { Duplex } from "node:stream";
import { finished } from "node:stream/promises";
import { offeredProtocols, serveTunnel, SPDY_UPGRADE, STREAM_PROTOCOL_HEADER, webSocketAccept } from "@kubelet-conformance/streaming";
import { httpError } from "../../http/answers.ts";
import { firstHeader } from "../../http/headers.ts";
import type { KubeletAnswer, KubeletRequest } from "../../http/message.ts";
import { proxyAs, splice } from "./proxy.ts";
import { forwardedRequest, type UpgradeRequest } from "./upgrade-dial.ts";

const prefix = "SPDY/3.1+";

/** The SPDY protocols that a client wants to tunnel through its WebSocket. */
export function tunneledProtocols(request: KubeletRequest): string[] {
  const offered = offeredProtocols(request.header("Sec-WebSocket-Protocol"));
  return offered.flatMap((each) => (each.startsWith(prefix) && each.endsWith(".k8s.io") ? each.slice(prefix.length) : []));
}

/** Carries SPDY to the runtime inside a WebSocket from the client, one message per piece (apiserver's TunnelingHandler). */
export async function tunnelSpdy(request: KubeletRequest, url: string): Promise<KubeletAnswer> {
  return proxyAs(request, url, spdyRequest(request), (answer, runtime) => {
    const problem = handshakeProblem(request);
    if (problem !== undefined) {
      runtime.destroy();
      return {
        ...httpError(problem.status, problem.text),
        headers: [...httpError(problem.status, "").headers, ["Sec-Websocket-Version", "13"]],
      };
    }
    const protocol = prefix + (firstHeader(answer.headers, STREAM_PROTOCOL_HEADER) ?? "").trim();
    const isOffered = offeredProtocols(request.header("Sec-WebSocket-Protocol")).includes(protocol);
    return {
      status: 101,
      headers: [
        ["Upgrade", "websocket"],
        ["Connection", "Upgrade"],
        ["Sec-WebSocket-Accept", webSocketAccept(request.header("Sec-WebSocket-Key") ?? "")],
        ...(isOffered ? [["Sec-WebSocket-Protocol", protocol] as const] : []),
      ],
      body: "",
      takeOver: (client) => tunnel(client, runtime),
    };
  });
}

function spdyRequest(request: KubeletRequest): UpgradeRequest {
  const { host, headers } = forwardedRequest(request);
  const replaced = [
    "sec-websocket-protocol",
    "sec-websocket-key",
    "sec-websocket-version",
    "upgrade",
    STREAM_PROTOCOL_HEADER.toLowerCase(),
  ];
  const kept = headers.filter(([name]) => !replaced.includes(name.toLowerCase()));
  const protocols = tunneledProtocols(request).map((protocol) => [STREAM_PROTOCOL_HEADER, protocol] as const);
  return { method: "POST", host, headers: [...kept, ["Upgrade", SPDY_UPGRADE], ...protocols] };
}

/** What gorilla/websocket's Upgrader refuses. */
function handshakeProblem(request: KubeletRequest): { status: number; text: string } | undefined {
  if (request.method !== "GET") return { status: 405, text: "Method Not Allowed" };
  if (request.header("Sec-WebSocket-Version") !== "13") return { status: 400, text: "Bad Request" };
  const key = Buffer.from(request.header("Sec-WebSocket-Key") ?? "", "base64");
  return key.length === 16 ? undefined : { status: 400, text: "Bad Request" };
}

async function tunnel(client: Duplex, runtime: Duplex): Promise<void> {
  const inside = serveTunnel(client);
  await splice(inside, runtime);
  // Behind its goodbye nothing more is written.
  if (!inside.writableFinished && !inside.destroyed) await finished(inside, { readable: false }).catch(() => undefined);
}
