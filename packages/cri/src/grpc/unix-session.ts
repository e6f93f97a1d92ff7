import http2, { type ClientHttp2Session } from "node:http2";
import net from "node:net";
import type { GrpcTransportOptions } from "@connectrpc/connect-node";

type SessionManager = NonNullable<GrpcTransportOptions["sessionManager"]>;

/**
 * As grpc-go sends it; connect-node says application/grpc+proto. CRI-O tells gRPC from HTTP on its one socket by exactly this value and cuts
 * every other connection (cmd/crio/main.go, cmux.HTTP2MatchHeaderFieldSendSettings).
 */
const grpcGo = { "content-type": "application/grpc" };

/** The connection broke, or was closed here, while calls were under way. Carries libuv's code for that. */
class ConnectionCutError extends Error {
  readonly code = "ECONNRESET";
}

/**
 * One HTTP/2 session in clear text over a unix socket: dialled with the first request, and anew once it has ended.
 * Not connect-node's Http2SessionManager: that one leaves the session without an error listener after a loss, so a
 * server that speaks no HTTP/2 takes the process down; and it hides that the connection was cut.
 */
export function unixSession(path: string, authority: string): SessionManager & { readonly close: () => void } {
  let current: Promise<ClientHttp2Session> | undefined;
  const openStreams = new WeakMap<ClientHttp2Session, number>();

  /** An idle connection must not keep the process alive. */
  function countStreams(session: ClientHttp2Session, change: 1 | -1): void {
    const open = (openStreams.get(session) ?? 0) + change;
    openStreams.set(session, open);
    if (open === 0) session.unref();
    else session.ref();
  }

  function dial(): Promise<ClientHttp2Session> {
    const socket = net.connect(path);
    // Node ends the streams of a lost session as if the server had reset them; being first to hear of the loss, this
    // listener tells them what happened instead.
    socket.once("close", () => {
      forget();
      session.destroy(new ConnectionCutError("the connection was cut"));
    });
    const session = http2.connect(authority, { createConnection: () => socket });
    const forget = (): void => {
      if (current === dialled) current = undefined;
    };
    const dialled = new Promise<ClientHttp2Session>((resolve, reject) => {
      session.once("connect", () => resolve(session));
      session.on("error", (error) => {
        forget();
        reject(error);
      });
      session.on("goaway", forget);
    });
    current = dialled;
    return dialled;
  }

  return {
    authority,
    async request(method, requestPath, headers, options) {
      let session = await (current ?? dial());
      if (session.closed || session.destroyed) session = await dial();
      const stream = session.request({ ...headers, ...grpcGo, ":method": method, ":path": requestPath }, options);
      countStreams(session, 1);
      stream.once("close", () => countStreams(session, -1));
      return stream;
    },
    notifyResponseByteRead() {
      // Only of use to managers that send PING frames; a unix socket tells at once when its peer is gone.
    },
    close: () => {
      current?.then(
        (session) => session.destroy(new ConnectionCutError("closed by this client")),
        () => {},
      );
      current = undefined;
    },
  };
}
