import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ValidateFunction } from "ajv";
import { loadClusterObjects, type ClusterObjects } from "./cluster-objects.ts";
import { FidelityInputError } from "./errors.ts";
import { isAuthorizationRecording, isStageRecording, type AuthorizationRecording, type StageRecording } from "./recording.ts";

/** All that was recorded of one kubelet version. */
export interface VersionRecording {
  /** With patch, e.g. `v1.36.4`. */
  version: string;
  /** E.g. `1.36`. */
  minor: string;
  directory: string;
  stages: readonly StageRecording[];
  authorization: AuthorizationRecording | undefined;
  objects: ClusterObjects | undefined;
}

const versionName = /^v?(\d+\.\d+)(?:\.\d+)?/;

/**
 * Reads a folder of recordings: one folder per version, or a single version's folder. Stages come in the order default,
 * then by name; versions oldest first. Fails with a FidelityInputError that names the file.
 */
export async function loadRecordings(directory: string): Promise<readonly VersionRecording[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new FidelityInputError(
      "recordings",
      `cannot read the recordings in ${directory}: ${reason(cause)}; give a folder with --recordings`,
      { cause },
    );
  });
  const versions = entries
    .filter((entry) => entry.isDirectory() && versionName.test(entry.name))
    .map((entry) => join(directory, entry.name));
  const loaded = await Promise.all((versions.length > 0 ? versions : [directory]).map(loadVersion));
  return loaded.toSorted((a, b) => a.minor.localeCompare(b.minor, "en", { numeric: true }));
}

async function loadVersion(directory: string): Promise<VersionRecording> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".json"));
  const found = await Promise.all(files.map((name) => loadStage(join(directory, name))));
  const stages = found.filter((stage) => stage !== undefined).toSorted((a, b) => rank(a).localeCompare(rank(b)));
  const authorization = await loadAuthorization(join(directory, "cluster", "authz.json"));
  const version = nameOf(directory, stages[0]?.kubernetesVersion ?? authorization?.kubernetesVersion);
  if (version === undefined || (stages.length === 0 && authorization === undefined)) {
    throw new FidelityInputError(
      "recordings",
      `${directory} holds no recordings: expected folders such as v1.36.4 with default.json in them`,
    );
  }
  return {
    version,
    minor: versionName.exec(version)?.[1] ?? version,
    directory,
    stages,
    authorization,
    objects: await loadClusterObjects(directory),
  };
}

function rank(stage: StageRecording): string {
  return `${stage.stage === "default" ? 0 : 1}${stage.stage}`;
}

function nameOf(directory: string, declared: string | undefined): string | undefined {
  return [basename(directory), declared].find((name) => name !== undefined && versionName.test(name));
}

/** Undefined for a JSON file that is no list of exchanges. */
async function loadStage(file: string): Promise<StageRecording | undefined> {
  const content = await parse(file);
  if (typeof content !== "object" || content === null || !("results" in content)) return undefined;
  return checked(isStageRecording, content, file);
}

async function loadAuthorization(file: string): Promise<AuthorizationRecording | undefined> {
  if ((await stat(file).catch(() => undefined)) === undefined) return undefined;
  return checked(isAuthorizationRecording, await parse(file), file);
}

async function parse(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new FidelityInputError("recordings", `cannot read ${file}: ${reason(cause)}`, { cause });
  }
}

function checked<T>(validate: ValidateFunction<T>, content: unknown, file: string): T {
  if (validate(content)) return content;
  const first = validate.errors?.[0];
  throw new FidelityInputError(
    "recordings",
    `${file} is not a recording: ${first?.instancePath || "/"} ${first?.message ?? "is not understood"}`,
  );
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
