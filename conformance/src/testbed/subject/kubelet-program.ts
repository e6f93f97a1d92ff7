import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, open, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { minorOf } from "@kubelet-conformance/spec";
import { systemCode, UsageError } from "../../errors.ts";
import { askProgram } from "./ask-program.ts";

/** A kubelet as a file that can be run. */
export interface KubeletProgram {
  /** Absolute, without symbolic links. */
  path: string;
  /** Full version, e.g. `v1.36.4`. */
  kubernetesVersion: string;
  /** The reference kubelet's own command takes the same flags, but no --kubeconfig yet. */
  kind: "kubelet" | "reference";
  /** SHA-256 of the file, in hexadecimal; undefined: this user may not read it. */
  sha256: string | undefined;
}

export interface InspectOptions {
  signal?: AbortSignal | undefined;
  /** How long it may take to say its version. Default 20 s. */
  limitMs?: number;
}

/**
 * Finds the program and asks for its version. Throws a UsageError that says what is wrong with the path, or the signal's reason. Nothing
 * of the program runs on.
 */
export async function inspectProgram(
  path: string,
  extraFlags: readonly string[],
  { signal, limitMs = 20_000 }: InspectOptions = {},
): Promise<KubeletProgram> {
  const absolute = await executable(path);
  const sha256 = await digestOf(absolute);
  const askVersion = (flags: readonly string[]): Promise<string> => versionOf(path, absolute, flags, { signal, limitMs });
  const real = await askVersion([]);
  const version = /^Kubernetes (v\d+\.\d+\.\S+)/.exec(real)?.[1];
  if (version !== undefined) return { path: absolute, kubernetesVersion: version, kind: "kubelet", sha256 };
  // It may stand for any minor, and its flags say which.
  const reference = /^v\d/.test(real) ? (await askVersion(extraFlags)).trim() : undefined;
  if (reference === undefined || minorOf(reference) === undefined) {
    throw new UsageError("kubelet-unknown", `--kubelet ${path}: "${path} --version" does not answer as a kubelet: ${saidBy(real)}`);
  }
  return { path: absolute, kubernetesVersion: reference, kind: "reference", sha256 };
}

async function digestOf(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
  } catch (error) {
    // What may be run need not be readable.
    if (systemCode(error) === "EACCES") return undefined;
    throw error;
  }
}

async function executable(path: string): Promise<string> {
  try {
    const absolute = await realpath(resolve(path));
    if (!(await stat(absolute)).isFile()) throw new UsageError("kubelet-unusable", `--kubelet ${path}: it is not a file`);
    await access(absolute, constants.X_OK);
    await requireProgram(path, absolute);
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

/** The system's search for a program hands what it does not know to a shell, whose complaint explains nothing. */
async function requireProgram(path: string, absolute: string): Promise<void> {
  const head = await headOf(absolute);
  const isElf = head.subarray(0, 4).equals(Buffer.from("\u007fELF"));
  const refuse = (reason: string): UsageError =>
    new UsageError("kubelet-unusable", `--kubelet ${path}: ${reason}; give the path of a kubelet`);
  if (head.length === 0) throw refuse("the file is empty");
  if (!isElf && head.includes(0)) throw refuse("it is no program: neither an ELF file nor a script");
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    // What may be run need not be readable.
    if (systemCode(error) === "EACCES") return undefined;
    throw error;
  });
  if (!file) return Buffer.from("#!");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(128), 0, 128, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function versionOf(
  path: string,
  absolute: string,
  flags: readonly string[],
  options: { signal: AbortSignal | undefined; limitMs: number },
): Promise<string> {
  const unusable = (reason: string, cause?: unknown): UsageError =>
    new UsageError("kubelet-unusable", `--kubelet ${path}: ${reason}`, { cause });
  const answer = await askProgram(absolute, [...flags, "--version"], options).catch((error: unknown) => {
    options.signal?.throwIfAborted();
    throw unusable(notRun(error), error);
  });
  if (answer === "silent") throw unusable(`it gave no answer to --version within ${options.limitMs / 1000} s`);
  const { code, signal, output, errors } = answer;
  if (code === 0) return output;
  const how = signal === null ? `exit code ${code}` : `it was ended by ${signal}`;
  throw unusable(`"--version" fails (${how})${firstLine(errors) && `: ${firstLine(errors)}`}`);
}

function notRun(error: unknown): string {
  const code = systemCode(error);
  // The file is there; what its first line names is not.
  if (code === "ENOENT") return "what should run it is absent: the interpreter of its first line, or its dynamic loader";
  return `it cannot be run: ${error instanceof Error ? error.message : String(error)}`;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) ?? "";
}

function saidBy(text: string): string {
  return firstLine(text) === "" ? "it says nothing" : `it says ${JSON.stringify(firstLine(text))}`;
}
