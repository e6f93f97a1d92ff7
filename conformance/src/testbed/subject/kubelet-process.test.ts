import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { startProcess } from "./kubelet-process.ts";

/** As /proc names it: `S` asleep, `T` stopped. */
async function stateOf(pid: string): Promise<string> {
  return /\) (\S)/.exec(await readFile(`/proc/${pid}/stat`, "utf8"))?.[1] ?? "";
}

test.skipIf(process.platform !== "linux")("a halted program does nothing until the work is done, even if that fails", async () => {
  const program = startProcess("/bin/sh", ["-c", "echo $$; exec sleep 1000"]);
  try {
    while (program.log().length === 0) await delay(5);
    const [pid = ""] = program.log();
    const work = program.halted(async () => {
      while ((await stateOf(pid)) !== "T") await delay(5);
      throw new Error("done");
    });
    await expect(work).rejects.toThrow("done");
    while ((await stateOf(pid)) === "T") await delay(5);
  } finally {
    await program.stop();
  }
});

afterEach(() => void vi.unstubAllEnvs());

test("a program gets no variable of ours, which may be a token", async () => {
  vi.stubEnv("KUBELET_CONFORMANCE_TOKEN", "canary");
  vi.stubEnv("FOREIGN", "kept");
  const program = startProcess("/bin/sh", ["-c", "env; echo over; exec sleep 1000"]);
  try {
    while (!program.log().includes("over")) await delay(5);
    expect(program.log()).toContain("FOREIGN=kept");
    expect(program.log().join()).not.toContain("canary");
  } finally {
    await program.stop();
  }
});
