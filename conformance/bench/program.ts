import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

/** A server in a process of its own. */
export interface Program {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts a Node.js program and waits for the line that matches. */
export async function startProgram(args: readonly string[], ready: RegExp): Promise<Program> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = ready.exec(line)?.[0];
    if (found === undefined) continue;
    child.stdout.resume();
    return { url: found, pid: child.pid ?? 0, stop: () => stop(child) };
  }
  throw new Error(`${args[0]} ended before it listened`);
}

/** Starts a Node.js program that says nothing, on a port that is free, and waits until it answers. */
export async function startSilent(args: (port: number) => readonly string[]): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args(port), { stdio: ["ignore", "ignore", "inherit"] });
  while (child.exitCode === null) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return { url, pid: child.pid ?? 0, stop: () => stop(child) };
    await wait(5);
  }
  throw new Error(`${args(port)[0]} ended before it listened`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is of this kind.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill();
  await ended;
}
