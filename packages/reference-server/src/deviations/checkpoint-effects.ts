import { rename } from "node:fs/promises";
import { answering, changing, wholeAnswer } from "./alter.ts";
import { asking } from "./asking.ts";
import { coalescing, inTurn, neighbourOf, numbering } from "./checkpoint-calls.ts";
import type { Deviation } from "./deviation.ts";
import { miscounting } from "./miscounting.ts";
import { checkpointing } from "./checkpointing.ts";
import { standingLogsAfter, watchingOverlap } from "./standing-log.ts";
import { type Id, posted, plain, absentContainer, second, countingRestarts } from "./checkpoint-matches.ts";

/** What a checkpoint does to containers, counters and the calls beside it. */
export const effectsDeviations = {
  "checkpoint.effect.container-runs-on": { summary: "restarts the container after a checkpoint", http: countingRestarts() },
  "checkpoint.effect.counted": {
    summary: "does not count checkpoints",
    http: changing(
      { listener: "main", path: "/metrics", status: 200 },
      { body: (body) => body.replace(/^kubelet_runtime_operations_total\{operation_type="checkpoint_container"\} .*\n/m, "") },
    ),
  },
  "checkpoint.effect.one-call": {
    summary: "asks the runtime twice",
    runtime: checkpointing(async (call, ask) => {
      await ask(call);
      return ask(call);
    }),
  },
  "checkpoint.effect.location": {
    summary: "has the archive written under another name and renames it",
    runtime: checkpointing(async (call, ask) => {
      const answer = await ask({ ...call, location: `${call.location}.partial` });
      await rename(`${call.location}.partial`, call.location);
      return answer;
    }),
  },
  "checkpoint.effect.container-id": {
    summary: "has another container of the pod checkpointed",
    runtime: (client) =>
      checkpointing(async (call, ask) => ask({ ...call, containerId: await neighbourOf(client, call.containerId) }))(client),
  },
  "checkpoint.effect.not-an-error": {
    summary: "counts every checkpoint as an error",
    http: miscounting({ ...plain, status: 200 }, { errors: 1 }),
  },
  "checkpoint.effect.refusal-is-not-counted": {
    summary: "counts what it refuses, too",
    http: miscounting({ ...absentContainer, query: null }, { total: 1 }),
  },
  "checkpoint.failure.counted": {
    summary: "does not count errors of the runtime",
    http: miscounting({ ...plain, status: 500, text: /rpc error/ }, { errors: -1 }),
  },
  "checkpoint.effect.container-ticks": {
    summary: "leaves the container frozen after a checkpoint",
    http: standingLogsAfter(posted, ({ answer, overlapped }) => answer.status === 200 && !overlapped),
  },
  "checkpoint.overlap.container-ticks": {
    summary: "leaves the container frozen after checkpoints that overlapped",
    http: standingLogsAfter(posted, ({ overlapped }) => overlapped),
  },
  "checkpoint.overlap.both-asked": { summary: "answers a second call with what the first one gets", runtime: checkpointing(coalescing()) },
  "checkpoint.overlap.same-location": {
    summary: "numbers the archives of calls that overlap",
    runtime: checkpointing(numbering()),
  },
  "checkpoint.overlap.other-container": {
    summary: "names the archive of the pod's first container for both of two",
    http: watchingOverlap(posted, async (request, next, overlaps) => {
      const answer = await wholeAnswer(await next(request));
      return overlaps() ? { ...answer, body: answer.body.replace(second, "-running") } : answer;
    }),
  },
  "checkpoint.overlap.independent": { summary: "makes one checkpoint at a time", runtime: checkpointing(inTurn()) },
  "checkpoint.disconnect.container-ticks": {
    summary: "leaves the container frozen when the client goes away",
    http: standingLogsAfter(posted, ({ request }) => request.signal.aborted),
  },
  "checkpoint.disconnect.cancels": {
    summary: "goes on with a checkpoint that nobody waits for",
    http: asking(posted, { signal: new AbortController().signal }),
  },
  "checkpoint.failure.container-ticks": {
    summary: "leaves the container frozen after a checkpoint that failed",
    http: standingLogsAfter(posted, ({ answer }) => answer.status === 500 && /code = (?!DeadlineExceeded )/.test(answer.body)),
  },
  "checkpoint.deadline.container-ticks": {
    summary: "leaves the container frozen when the deadline passes",
    http: standingLogsAfter(posted, ({ answer }) => answer.status === 500 && /code = DeadlineExceeded /.test(answer.body)),
  },
  "checkpoint.outage.ok": {
    summary: "makes no checkpoints while its API server is gone",
    http: answering({ ...posted, query: "without-api-server" }, 503, "the API server cannot be reached"),
  },
} satisfies Partial<Record<Id, Deviation>>;
