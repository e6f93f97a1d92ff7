import { createHash } from "node:crypto";
import type http from "node:http";
import https from "node:https";
import type { RunningKubelet } from "@kubelet-conformance/reference-server";
import { type Canaries, plantedPod } from "./planted.support.ts";
import { serve } from "./serve.support.ts";

/**
 * The reference kubelet with other bodies, which hold secrets, and with other status codes, so that most checks fail and want to say what they
 * saw. Every other answer gives the request's own Authorization header back.
 */
export async function lieFor(kubelet: RunningKubelet, serving: { cert: string; key: string }, canaries: Canaries) {
  const agent = new https.Agent({ keepAlive: true, ca: kubelet.caCertificate, ...kubelet.adminCredentials });
  const list = JSON.stringify({ kind: "PodList", apiVersion: "v1", metadata: {}, items: [plantedPod(canaries)] });
  const log = `{"level":"debug","password":"${canaries.in("log")}"}\nplain ${canaries.in("second line of the log")}\n`.repeat(3);
  const bodies: [RegExp, string][] = [
    [/^\/+pods/, list],
    [/^\/+runningpods/, list],
    [/^\/+containerLogs\/|^\/+logs\//, log],
    [/^\/+(run|exec|attach)\//, canaries.in("output")],
    [/^\/+debug\/pprof\/cmdline/, `kubelet\0--token=${canaries.in("command line")}`],
    [
      /^\/+configz/,
      JSON.stringify({
        kubeletconfig: {
          staticPodURLHeader: { "X-Auth": [canaries.in("configuration header")] },
          staticPodURL: canaries.in("configuration"),
        },
      }),
    ],
    [/^\/+checkpoint\//, '{"items":["/planted.tar"]}'],
  ];
  let number = 0;
  const server = https.createServer({ ...serving, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const { authorization: own, ...rest } = headers;
    const turn = number++;
    // Discovery is to find a kubelet, also where there are several.
    const lies = turn >= 12 && !/^\/(pods|configz|metrics)$/.test(url);
    const upstream = https.request(kubelet.urls.main, { method, path: url, agent, headers: rest }, (answer) => {
      const status = answer.statusCode ?? 500;
      const planted = bodies.find(([path]) => path.test(url))?.[1];
      const kept = Object.entries(answer.headers).filter(
        ([name]) => !/^(content-length|transfer-encoding|connection|content-encoding)$/.test(name),
      );
      const echo = lies && turn % 2 === 0 ? { "X-Echo": own ?? "none" } : {};
      response.writeHead(
        lies ? (status < 400 ? 203 : turn % 3 === 0 ? 200 : status) : status,
        lies && turn % 4 === 0 ? `you are ${own}` : "OK",
        {
          ...Object.fromEntries(kept),
          ...echo,
        },
      );
      if (planted !== undefined && (!lies || turn % 5 !== 0)) {
        answer.resume();
        response.end(planted);
      } else if (lies && turn % 7 === 0) {
        answer.resume();
        response.end(turn % 2 === 0 ? log : `Authorization: ${own}\n${list}`);
      } else {
        answer.pipe(response);
      }
    });
    upstream.on("error", () => response.destroy());
    request.pipe(upstream);
  });
  server.on("upgrade", (request: http.IncomingMessage, socket) => {
    const key = `${request.headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const text = Buffer.from(`\u0001${canaries.in("streamed output")}`);
    socket.on("error", () => {});
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n` +
        `Sec-WebSocket-Accept: ${createHash("sha1").update(key).digest("base64")}\r\n\r\n`,
    );
    socket.end(Buffer.concat([Buffer.from([0x82, text.length]), text, Buffer.from([0x88, 2, 3, 0xe8])]));
  });
  return serve(server, agent);
}
