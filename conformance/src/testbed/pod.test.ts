import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { manifestWith, podManifest } from "./pod.ts";

interface Manifest {
  spec: { containers: { name: string; image: string; command: string[] }[] };
}

const containersOf = (manifest: string) => (JSON.parse(manifest) as Manifest).spec.containers; // As podManifest.

/** Resident memory of a session's processes, MiB. */
function memoryOf(session: number): number[] {
  return readdirSync("/proc").flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const fields = readFileSync(`/proc/${id}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
      if (Number(fields[3]) !== session) return [];
      return [Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024];
    } catch {
      return [];
    }
  });
}

test("a real runtime's image takes the place of the double's, but not of the one that is absent on purpose", () => {
  expect(containersOf(manifestWith("registry.example/tools:2")).map(({ name, image }) => [name, image])).toEqual([
    ["running", "registry.example/tools:2"],
    ["second", "registry.example/tools:2"],
    ["restarted", "registry.example/tools:2"],
    ["waiting", "localhost/absent:1"],
  ]);
  expect(JSON.parse(manifestWith("localhost/busybox:1"))).toEqual(podManifest);
});

test.runIf(process.platform === "linux")("a large container holds its memory before it ticks, in one process", async () => {
  const [{ command } = { command: [] }] = containersOf(manifestWith("x", 48));
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  const session = child.pid ?? 0;
  onTestFinished(() => void process.kill(-session, "SIGKILL"));
  const [line] = (await once(child.stdout, "data")) as [Buffer]; // A stream without an encoding.
  expect(line.toString()).toBe("tick 0\n");
  // Between fork and exec of its next command a shell is there twice.
  const large = await vi.waitFor(() => {
    const found = memoryOf(session).filter((size) => size > 16);
    expect(found).toHaveLength(1);
    return found;
  });
  expect(large[0]).toBeGreaterThan(48);
  expect(large[0]).toBeLessThan(200);
});
