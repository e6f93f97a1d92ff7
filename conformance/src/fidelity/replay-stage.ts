import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Answer, NoAnswer } from "./answer.ts";
import { compareText } from "./compare-body.ts";
import { compareMetrics, isMetrics } from "./compare-metrics.ts";
import { compareStats } from "./compare-stats.ts";
import { compareExchange } from "./compare.ts";
import type { Difference } from "./difference.ts";
import type { RecordedExchange, StageRecording } from "./recording.ts";
import { replay } from "./replay.ts";
import { requestOf } from "./request.ts";
import { isDecidedByChance, listenerOfPort, outOfScope } from "./scope.ts";
import { findUid, type Subject } from "./subject.ts";
import { parsePodList } from "./pod-list.ts";

/** What became of one recorded exchange. */
export type Outcome = { id: string; outOfScope: string } | { id: string; request: string; differences: readonly Difference[] };

export interface StageOptions {
  /** E.g. `1.36`. */
  minor: string;
  /** Only ids that it matches are looked at. */
  filter: RegExp;
  /** Where the whole bodies of `sample.*` lie. */
  samples: string;
  /** Default the recorded pod's name. */
  pod?: string | undefined;
  /** Ends the replay between two requests. */
  signal: AbortSignal;
}

/** Sends every recorded request of a stage in its recorded order, one at a time, and compares the answers. */
export async function replayStage(subject: Subject, recording: StageRecording, options: StageOptions): Promise<readonly Outcome[]> {
  const pod = options.pod ?? recording.pod;
  const names = { pod, uid: (await findUid(subject, pod)) ?? "unknown" };
  const clients = new Set(subject.clients.keys());
  const outcomes: Outcome[] = [];
  for (const [id, { request, response }] of Object.entries(recording.results)) {
    options.signal.throwIfAborted();
    if (!options.filter.test(id)) continue;
    const reason = outOfScope(request, clients);
    if (reason !== undefined) {
      outcomes.push({ id, outOfScope: reason });
      continue;
    }
    const answer = await send(subject, { request, response }, names);
    const byChance =
      "status" in response && "status" in answer && isDecidedByChance(options.minor, request, [response.status, answer.status]);
    const differences = byChance
      ? []
      : [
          ...compareExchange(response, answer, subject.places, request),
          ...("error" in answer ? [] : await compareSample(id, answer, subject, { directory: options.samples, stage: recording.stage })),
        ];
    outcomes.push({ id, request: `${request.method} ${request.path}`, differences });
  }
  return outcomes;
}

/** How long to wait for an answer that did not come, or did not end, within the recorder's own limit, either. */
const shortLimitMs = 3_000;

async function send(
  subject: Subject,
  { request, response }: RecordedExchange,
  names: { pod: string; uid: string },
): Promise<Answer | NoAnswer> {
  const listener = listenerOfPort[request.port ?? 10250] ?? "main";
  const endpoint = subject.endpoints[listener];
  const client = subject.clients.get(request.as ?? "admin");
  if (endpoint === undefined || client === undefined) return { error: `there is no ${listener} listener` };
  const isWithoutEnd = "error" in response ? response.error === "timeout" : response.stayedOpen === true;
  const keepAlive = "stayedOpen" in response;
  return replay(endpoint, { ...requestOf(request, client, names), keepAlive }, isWithoutEnd ? shortLimitMs : undefined);
}

/** Compares the whole body with the one in `samples/`, where the recorder kept it. */
async function compareSample(
  id: string,
  answer: Answer,
  subject: Subject,
  { directory, stage }: { directory: string; stage: string },
): Promise<readonly Difference[]> {
  if (!id.startsWith("sample.")) return [];
  const ownName = id.slice("sample.".length);
  const name = wholeBodies[id] ?? ownName;
  // The recorder names them by stage; those of the default stage may have been renamed.
  const files = [`${stage}.${ownName}`, ...(stage === "default" ? [`${name}.json`, `${name}.txt`] : [])];
  const [bytes] = (await Promise.all(files.map((file) => readSample(directory, file)))).filter((found) => found !== undefined);
  if (bytes === undefined) return [];
  const sample = textOf(bytes);
  const body = textOf(answer.body);
  if (isMetrics(sample)) return compareMetrics(sample, body);
  if (name.startsWith("stats")) return compareStats(sample, body, subject.places);
  return compareText(sortContainers(id, sample), sortContainers(id, body), subject.places);
}

/** Exchanges whose whole body was kept under another name than their own. */
const wholeBodies: Readonly<Record<string, string>> = {
  "sample.metrics-gzip": "metrics",
  "sample.metrics-resource-openmetrics": "metrics-resource",
  "sample.stats-cpu-twice": "stats",
  "sample.stats-post-form": "stats-cpu",
};

function readSample(directory: string, file: string): Promise<Buffer | undefined> {
  return readFile(join(directory, file)).catch(() => undefined);
}

function textOf(body: Buffer): string {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  return (isGzip ? gunzipSync(body) : body).toString();
}

/** /runningpods/ lists containers in the order of a Go map. */
function sortContainers(id: string, body: string): string {
  if (!id.startsWith("sample.runningpods")) return body;
  const list = parsePodList(body);
  // Only a body without white space can be written again as it was.
  if (list === undefined || JSON.stringify(list) !== body.trimEnd()) return body;
  for (const { spec } of list.items ?? []) spec?.containers?.sort((a, b) => a.name.localeCompare(b.name));
  return JSON.stringify(list) + body.slice(body.trimEnd().length);
}
