import net from "node:net";
import type { Clock } from "../clock.ts";

const dialMs = 10_000;
/** grpc-go's first back-off. */
const lookAgainMs = 1_000;

/** Waits until somebody listens at the path. False: nobody did in ten seconds. */
export async function isListening(path: string, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const limit = clock.wait("device-plugin-dial", dialMs, until).catch(() => {});
  let passed = false;
  void limit.then(() => (passed = true));
  try {
    for (;;) {
      if (await canConnect(path)) return true;
      await Promise.race([limit, clock.wait("device-plugin-retry", lookAgainMs, until).catch(() => {})]);
      if (passed || signal.aborted) return false;
    }
  } finally {
    over.abort();
  }
}

function canConnect(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(path);
    const end = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
