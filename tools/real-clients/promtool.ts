import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { Kubectl } from "./kubectl.ts";

export const promtoolStep = "promtool reads metrics/resource, which kubectl top rests on";

/** What Prometheus's own reader says of the node's resource metrics; `absent`: it is not installed. */
export async function askPromtool(kubectl: Kubectl, node: string): Promise<"absent" | { problem: string | undefined }> {
  const { stdout } = await kubectl(["get", "--raw", `/api/v1/nodes/${node}/proxy/metrics/resource`]);
  if (stdout === "") return { problem: "there are no metrics to read" };
  const promtool = spawn("promtool", ["check", "metrics"], { stdio: ["pipe", "ignore", "pipe"] });
  const closed = new Promise<number | null | "absent">((resolve, reject) => {
    promtool.once("error", (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? resolve("absent") : reject(error)));
    promtool.once("close", resolve);
  });
  promtool.stdin.on("error", () => {}); // It may end without reading.
  promtool.stdin.end(stdout);
  const complaints = text(promtool.stderr).catch(() => "");
  const exitCode = await closed;
  if (exitCode === "absent") return "absent";
  // 3: read, with advice on names, which are Kubernetes' own.
  return { problem: exitCode === 0 || exitCode === 3 ? undefined : `exit code ${exitCode}: ${(await complaints).trim().slice(0, 300)}` };
}
