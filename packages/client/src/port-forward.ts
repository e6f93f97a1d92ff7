import { errorText, handshake, openChannels } from "./channels.ts";
import { KubeletError } from "./kubelet-error.ts";
import type { Upgrade } from "./upgrade.ts";

export interface PortForwardOptions {
  namespace: string;
  pod: string;
  /** The pod's UID; a pod with another is not found. */
  uid?: string;
  /** A port that something in the pod listens on, 1 to 65535. */
  port: number;
  /** Ends the connection; both streams reject with its reason. */
  signal?: AbortSignal;
  /** Milliseconds to wait for the beginning. Default: the client's. */
  timeoutMs?: number;
}

/** One TCP connection to a port of a pod. */
export interface ForwardedPort {
  /** Ends when the pod's side does; rejects with a KubeletError (`port-forward-failed`) where nothing listens there. */
  readonly readable: ReadableStream<Uint8Array>;
  /** The protocol has no way to close one direction: closing this leaves the connection as it is, so end it with `close()`. */
  readonly writable: WritableStream<Uint8Array | string>;
  readonly close: () => void;
}

const protocol = "v4.channel.k8s.io";
/** The channels of the first port, which is the only one here. */
const [data, error] = [0, 1] as const;

/** Connects to a port of a pod. Every minor has this directly; none through the API server's node proxy. */
export async function portForward(upgrade: Upgrade, options: PortForwardOptions): Promise<ForwardedPort> {
  const { namespace, pod, uid, port, signal, timeoutMs } = options;
  const { key, headers } = handshake();
  const query = { port: [port] };
  const header = { Upgrade: "websocket" as const, "Sec-WebSocket-Protocol": [protocol] };
  const init = { headers, ...(signal === undefined ? {} : { signal }), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const upgraded =
    uid === undefined
      ? upgrade("GET", "/portForward/{namespace}/{pod}", { params: { path: { namespace, pod }, query, header }, ...init })
      : upgrade("GET", "/portForward/{namespace}/{pod}/{uid}", { params: { path: { namespace, pod, uid }, query, header }, ...init });
  const operation = uid === undefined ? "getPortForward" : "getPortForwardByUid";
  const channels = await openChannels(await upgraded, { operation, key, read: [data, error] });
  const abort = (): void => channels.fail(signal?.reason);
  if (signal?.aborted === true) abort();
  signal?.addEventListener("abort", abort, { once: true });
  void channels.closed.then(() => signal?.removeEventListener("abort", abort));
  // Each channel begins with the port's number.
  const failure = errorText(channels.readable(error).pipeThrough(withoutPreamble())).then(
    (text) => {
      if (text !== undefined) return text;
      channels.fail(new KubeletError({ code: "stream-broken", operation, reason: "the server says without end what went wrong" }));
      return "";
    },
    () => "",
  );
  const readable = channels.readable(data).pipeThrough(withoutPreamble()).pipeThrough(failingAtEnd(operation, failure));
  const ended = new KubeletError({ code: "stream-broken", operation, reason: "the connection has ended" });
  return {
    readable,
    writable: new WritableStream<Uint8Array | string>({
      start: (controller) => void channels.closed.then(() => controller.error(ended)),
      write: async (chunk) => channels.send(data, chunk),
    }),
    close: () => channels.close(),
  };
}

function withoutPreamble(): TransformStream<Uint8Array, Uint8Array> {
  let left = 2;
  return new TransformStream({
    transform(chunk, controller) {
      const rest = chunk.subarray(left);
      left = Math.max(0, left - chunk.length);
      if (rest.length > 0) controller.enqueue(rest);
    },
  });
}

/** What went wrong comes on the other channel, before both end. */
function failingAtEnd(operation: string, failure: Promise<string>): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    async flush() {
      const text = await failure;
      if (text !== "") throw new KubeletError({ code: "port-forward-failed", operation, reason: text });
    },
  });
}
