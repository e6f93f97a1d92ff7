import { spawnSync } from "node:child_process";
import { on, once } from "node:events";
import { createServer, type Server } from "node:net";
import type { Reach } from "../subject/streams.ts";
import type { FromInside, StreamAddress, ToInside } from "./messages.ts";

/**
 * For the inner half, whose network ends in itself: listens on the very address that a runtime serves streams on outside and hands that
 * socket to the outer half, which dials the runtime for whoever connects. An address that is served already stays so.
 */
export function streamReach(signal: AbortSignal): Reach {
  const reached = new Set<string>();
  return async (address) => {
    const name = JSON.stringify(address);
    if (reached.has(name)) return;
    await handOver(await listenOn(address), address, signal);
    reached.add(name);
  };
}

async function handOver(listener: Server, address: StreamAddress, signal: AbortSignal): Promise<void> {
  const message: FromInside = { type: "streams", address };
  const answers = on(process, "message", { signal });
  // The outer half has a socket of its own by then.
  process.send?.(message, listener, undefined, () => listener.close());
  for await (const [answer] of answers as AsyncIterable<[ToInside]>) {
    if (answer.type !== "streams") continue;
    if (answer.problem !== undefined) throw new Error(answer.problem);
    return;
  }
}

async function listenOn(address: StreamAddress): Promise<Server> {
  try {
    return await listening(address);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRNOTAVAIL")) throw error;
    // The machine has it, this network not yet.
    const { status, stderr } = spawnSync("ip", ["address", "add", address.host, "dev", "lo"], { encoding: "utf8" });
    if (status !== 0) throw new Error(`its address cannot be had here: ${stderr?.trim()}`, { cause: error });
    return listening(address);
  }
}

async function listening({ host, port }: StreamAddress): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, "listening");
  return server;
}
