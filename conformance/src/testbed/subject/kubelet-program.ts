import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";
import { minorOf } from "@kubelet-conformance/spec";
import { systemCode, UsageError } from "../../errors.ts";

/** A kubelet as a file that can be run. */
export interface KubeletProgram {
  /** Absolute, without symbolic links. */
  path: string;
  /** Full version, e.g. `v1.36.4`. */
  kubernetesVersion: string;
  /** The reference kubelet's own command takes the same flags, but no --kubeconfig yet. */
  kind: "kubelet" | "reference";
}

const versionLimitMs = 20_000;

/** Finds the program and asks for its version. Throws a UsageError that says what is wrong with the path. */
export async function inspectProgram(path: string, extraFlags: readonly string[]): Promise<KubeletProgram> {
  const absolute = await executable(path);
  const real = await askVersion(absolute, []);
  const version = /^Kubernetes (v\d+\.\d+\.\S+)/.exec(real)?.[1];
  if (version !== undefined) return { path: absolute, kubernetesVersion: version, kind: "kubelet" };
  // It may stand for any minor, and its flags say which.
  const reference = /^v\d/.test(real) ? (await askVersion(absolute, extraFlags)).trim() : undefined;
  if (reference === undefined || minorOf(reference) === undefined) {
    throw new UsageError("kubelet-unknown", `--kubelet ${path}: "${path} --version" does not answer as a kubelet: ${firstLine(real)}`);
  }
  return { path: absolute, kubernetesVersion: reference, kind: "reference" };
}

async function executable(path: string): Promise<string> {
  try {
    const absolute = await realpath(resolve(path));
    if (!(await stat(absolute)).isFile()) throw new UsageError("kubelet-unusable", `--kubelet ${path}: it is not a file`);
    await access(absolute, constants.X_OK);
    return absolute;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = systemCode(error);
    const reason =
      code === "ENOENT"
        ? `there is no such file; give the path of a kubelet, or "reference"`
        : code === "EACCES"
          ? `this user may not run it; see the permissions of the file and of its directories`
          : String(error);
    throw new UsageError("kubelet-unusable", `--kubelet ${path}: ${reason}`, { cause: error });
  }
}

async function askVersion(path: string, flags: readonly string[]): Promise<string> {
  // A script that asks for `node` gets this one.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
  try {
    return (await promisify(execFile)(path, [...flags, "--version"], { env, timeout: versionLimitMs })).stdout;
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    const reason = firstLine(output) || (error instanceof Error ? firstLine(error.message) : String(error));
    throw new UsageError("kubelet-unusable", `--kubelet ${path}: "--version" fails: ${reason}`, { cause: error });
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) ?? "";
}
