import net from "node:net";
import type tls from "node:tls";
import { bodyCollector, headerLimit } from "./limits.ts";
import { parseAnswers } from "./raw-answers.ts";
import { connectTls } from "./tls-sessions.ts";
import { WireError, type RawRequest, type WireResponse } from "./wire.ts";

export interface RawExchange {
  base: URL;
  /** For a TLS listener, unless plain bytes are to be sent to it. */
  tls: tls.ConnectionOptions;
  /** The client's Authorization header as a line, or nothing. */
  credentials: string;
  bodyLimit: number;
  signal: AbortSignal;
}

/** Sends bytes as they stand on a connection of their own and reads until it ends. The answer is the first final one. */
export function exchangeRaw(request: RawRequest, options: RawExchange): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const received = bodyCollector(options.bodyLimit + headerLimit);
    const socket = connect(request, options);
    let { afterContinue } = request;
    let isOver = false;
    const finish = (error?: Error): void => {
      if (isOver) return;
      isOver = true;
      options.signal.removeEventListener("abort", abort);
      socket.destroy();
      const bytes = received.body();
      const answers = parseAnswers(bytes, request.methods ?? ["GET"]).map((answer) => ({
        ...answer,
        durationMs: performance.now() - startedAt,
      }));
      const final = answers.find(({ status }) => status >= 200);
      if (final) resolve({ ...final, connection: { bytes, answers } });
      else if (error) reject(error);
      else if (bytes.length > 0) reject(new WireError("malformed", "what came is no HTTP answer"));
      else reject(new WireError("closed", "the connection was closed without an answer"));
    };
    const abort = (): void => finish(new WireError("aborted", "the connection was not closed"));
    options.signal.addEventListener("abort", abort);
    socket.on("data", (chunk: Buffer) => {
      try {
        received.add(chunk);
      } catch (error) {
        finish(error instanceof Error ? error : undefined);
        return;
      }
      if (afterContinue === undefined || !received.body().toString("latin1").startsWith("HTTP/1.1 100 ")) return;
      socket.write(afterContinue, "latin1");
      afterContinue = undefined;
    });
    socket.on("error", finish);
    socket.on("close", () => finish());
    socket.write(request.bytes(options.credentials), "latin1");
  });
}

function connect({ plain }: RawRequest, { base, tls: settings }: RawExchange): net.Socket {
  const secure = base.protocol === "https:";
  const place = { host: base.hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(base.port || (secure ? 443 : 80)) };
  return secure && plain !== true ? connectTls(settings, { ...place, ALPNProtocols: ["http/1.1"] }) : net.connect(place);
}
