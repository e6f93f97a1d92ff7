import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { makeTemporaryDirectory } from "../temporary-directory.ts";

export interface TemporaryDirectory {
  path: string;
  remove(): Promise<void>;
}

/**
 * A private directory that goes with this process, even when it is killed: a shell waits for the end of a pipe that only this process holds.
 * Where there is no shell, a killed process leaves it to the next one.
 */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await makeTemporaryDirectory("reference-kubelet-");
  const guard = spawn("/bin/sh", ["-c", 'read -r _; rm -rf -- "$0"', path], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  guard.on("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      if (guard.exitCode !== null || guard.pid === undefined) return;
      guard.ref();
      const ended = once(guard, "exit");
      guard.stdin.end();
      await ended;
    },
  };
}
