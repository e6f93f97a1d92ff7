import { lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { goErrorText } from "../go-error.ts";
import { quote } from "../http/bytes.ts";

/** A log that cannot be read; the kubelet writes the message into the answer. */
export class LogError extends Error {
  readonly code = "KUBELET_LOG";
}

/** EvalSymlinks names the first part of the path that is not there. */
export async function symlinkProblem(path: string, error: unknown): Promise<string> {
  let missing = path;
  for (let parent = dirname(path); parent !== missing; parent = dirname(parent)) {
    if ((await lstat(parent).catch(() => undefined)) !== undefined) break;
    missing = parent;
  }
  return `failed to try resolving symlinks in path ${quote(path)}: lstat ${missing}: ${goErrorText(error)}`;
}

export function openProblem(path: string, error: unknown): string {
  return `failed to open log file ${quote(path)}: open ${path}: ${goErrorText(error)}`;
}
