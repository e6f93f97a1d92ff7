import { readFile } from "node:fs/promises";
import { UsageError } from "../../errors.ts";
import { type IsolationLevel, kmsgMarker } from "./setup.ts";

/** Switches that turn user namespaces off for ordinary users, with the value that does. */
const switches = [
  { file: "user/max_user_namespaces", name: "user.max_user_namespaces", off: "0", on: "15000" },
  // Debian's and Ubuntu's kernels.
  { file: "kernel/unprivileged_userns_clone", name: "kernel.unprivileged_userns_clone", off: "0", on: "1" },
  // Ubuntu from 23.10 on: the namespace comes, without any right in it.
  { file: "kernel/apparmor_restrict_unprivileged_userns", name: "kernel.apparmor_restrict_unprivileged_userns", off: "1", on: "0" },
] as const;

/** Why the namespaces could not be made, and the way out. `problems` are what each level said on standard error. */
export async function setupProblem(levels: readonly IsolationLevel[], problems: readonly string[]): Promise<UsageError> {
  const said = levels.map((level, index) => `${title(level)}: ${lastLine(problems[index] ?? "")}`).join("; ");
  if (levels.includes("user")) {
    for (const { file, name, off, on } of switches) {
      const value = await readFile(`/proc/sys/${file}`, "utf8").catch(() => "");
      if (value.trim() !== off) continue;
      const asRoot = levels.includes("root") ? "" : "run this as root, or ";
      return new UsageError(
        "namespaces-off",
        `this machine gives ordinary users no user namespaces (sysctl ${name} is ${off}): ${asRoot}let root set it with "sysctl -w ${name}=${on}" (${said})`,
      );
    }
  }
  const kmsg = problems.some((problem) => problem.includes(kmsgMarker)) ? " (a container needs --device /dev/kmsg)" : "";
  const wayOut = levels.includes("root")
    ? `in a container, start it with --privileged${kmsg}; else use a machine where root may make namespaces`
    : "run this as root, or on a machine that lets ordinary users make user namespaces (most containers do not)";
  return new UsageError("namespaces-refused", `the testbed needs namespaces of its own and this machine refuses them: ${wayOut} (${said})`);
}

function title(level: IsolationLevel): string {
  return level === "user" ? "user namespace" : "as root";
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) || "no reason given";
}
