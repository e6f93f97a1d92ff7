import { join } from "node:path";
import { clusterIds, compareCluster } from "./compare-cluster.ts";
import { FidelityInputError } from "./errors.ts";
import { loadRecordings, type VersionRecording } from "./load.ts";
import type { FidelityOptions } from "./options.ts";
import { authorizationIds, replayAuthorization } from "./replay-authorization.ts";
import { replayStage, type Outcome, type StageOptions } from "./replay-stage.ts";
import { describeOutOfScope, describeStage, describeTally, tally, type Tally } from "./report.ts";
import { startReference } from "./reference.ts";
import { attachToServer } from "./running-server.ts";
import { authorizationStage, objectsStage, stages } from "./stages.ts";
import type { Subject } from "./subject.ts";

/** Compares everything that was asked for, says so line by line, and returns the total. `signal` ends it between two requests. */
export async function runFidelity(options: FidelityOptions, write: (line: string) => void, signal: AbortSignal): Promise<Tally> {
  const chosen = choose(await loadRecordings(options.recordings), options);
  const all: Outcome[] = [];
  for (const version of chosen) {
    for (const stage of stageNames(version, options)) {
      const outcomes =
        Object.hasOwn(stages, stage) || stage === objectsStage
          ? await compare(version, stage, options, signal)
          : skip(version, stage, options);
      if (outcomes.length === 0) continue;
      write(describeStage(`${version.version} ${stage}`, outcomes, options.verbose));
      all.push(...outcomes);
    }
  }
  const total = tally(all);
  write(`total: ${describeTally(total)}`);
  describeOutOfScope(all).forEach(write);
  if (total.compared === 0)
    throw new FidelityInputError("usage", "nothing was compared: no recorded request in scope matches --version, --stage and --filter");
  return total;
}

function choose(versions: readonly VersionRecording[], options: FidelityOptions): readonly VersionRecording[] {
  const wanted = ({ version }: VersionRecording) => {
    const name = version.replace(/^v/, "");
    return options.versions.length === 0 || options.versions.some((prefix) => name === prefix || name.startsWith(`${prefix}.`));
  };
  const chosen = versions.filter(wanted);
  if (options.server !== undefined && chosen.length !== 1) {
    throw new FidelityInputError(
      "usage",
      `--server is compared with one version: choose by --version one of ${versions.map(({ version }) => version).join(", ")}`,
    );
  }
  return chosen;
}

function stageNames(version: VersionRecording, options: FidelityOptions): readonly string[] {
  const recorded = [...version.stages.map(({ stage }) => stage), ...(version.authorization ? [authorizationStage] : [])];
  // Of a running kubelet only the answers are compared.
  if (version.objects !== undefined && options.server === undefined) recorded.push(objectsStage);
  // A running kubelet is in one configuration only.
  const wanted = options.server !== undefined && options.stages.length === 0 ? ["default"] : options.stages;
  return wanted.length === 0 ? recorded : recorded.filter((stage) => wanted.includes(stage));
}

async function compare(
  version: VersionRecording,
  stage: string,
  options: FidelityOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const recording = version.stages.find((each) => each.stage === stage);
  const { minor } = version;
  if (stage === objectsStage && version.objects !== undefined) {
    const isWanted = clusterIds(version.objects).some((id) => options.filter.test(id));
    return isWanted ? compareCluster(version.version, version.objects, { minor, filter: options.filter, signal }) : [];
  }
  const ids = recording === undefined ? authorizationIds(version.authorization) : Object.keys(recording.results);
  // Starting a kubelet is the expensive part: not for nothing.
  if (!ids.some((id) => options.filter.test(id))) return [];
  const subject = await startSubject(version, stage, options);
  try {
    const stageOptions: StageOptions = {
      minor,
      filter: options.filter,
      pod: options.pod,
      signal,
      samples: join(version.directory, "samples"),
    };
    if (recording !== undefined) return await replayStage(subject, recording, stageOptions);
    return version.authorization === undefined ? [] : await replayAuthorization(subject, version.authorization, stageOptions);
  } finally {
    await subject.stop();
  }
}

function startSubject(
  { version, minor, stages: recorded, authorization }: VersionRecording,
  stage: string,
  { server }: FidelityOptions,
): Promise<Subject> {
  if (server !== undefined) return attachToServer(server);
  const users = Object.values(authorization?.matrix ?? {}).flatMap(({ statuses }) => Object.keys(statuses));
  return startReference({ version, minor, stage, recorded, users: [...new Set(users)] });
}

function skip(version: VersionRecording, stage: string, { filter }: FidelityOptions): readonly Outcome[] {
  const recording = version.stages.find((each) => each.stage === stage);
  return Object.keys(recording?.results ?? {})
    .filter((id) => filter.test(id))
    .map((id) => ({ id, outOfScope: `stage ${stage} is not compared yet` }));
}
