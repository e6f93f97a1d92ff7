import { rename } from "node:fs/promises";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch, matchesRequest, wholeAnswer } from "./alter.ts";
import { asking } from "./asking.ts";
import { coalescing, inTurn, neighbourOf, numbering } from "./checkpoint-calls.ts";
import type { Deviation } from "./deviation.ts";
import { miscounting } from "./miscounting.ts";
import { checkpointing, checkpointingFor } from "./checkpointing.ts";
import { standingLogsAfter, watchingOverlap } from "./standing-log.ts";

const posted: ExchangeMatch = { listener: "main", method: "POST", path: /^\/checkpoint\/[^/]+\/[^/]+\/[^/]+$/ };
const plain: ExchangeMatch = { ...posted, query: null, headers: { "content-type": null, origin: null } };
const made: ExchangeMatch = { ...plain, status: 200 };
const absentPod: ExchangeMatch = { ...plain, path: /^\/checkpoint\/[^/]+\/kubelet-conformance-absent\/[^/]+$/ };
const unknownPod: ExchangeMatch = { ...absentPod, client: "certificate", status: 404, text: /^pod / };
const notRegistered: ExchangeMatch = { ...absentPod, status: 404, text: /^404 page not found\n$/ };
const absentContainer: ExchangeMatch = { ...posted, path: /\/kubelet-conformance-absent$/, status: 404 };
/** The container that never starts, in the sample pod and in the testbed's; its answers do not tell it from one that has ended. */
const waiting = /\/waiting$/;
/** The other running container of the testbed's pod, in the name of its archive. */
const second = /-second(?=-\d{4}-)/;
const notRunning: ExchangeMatch = { ...posted, query: null, status: 500, text: /\(container .* not found\)$/ };

const badTimeout = "cannot parse value of timeout parameter";

/** What breaks each requirement of `spec/requirements/checkpoint.yaml`. */
export const checkpoint: Record<ObservableRequirementId["checkpoint"], Deviation> = {
  "checkpoint.response.ok": { summary: "answers 201 to a checkpoint", http: changing(made, { status: 201 }) },
  "checkpoint.response.media-type": {
    summary: "types the answer of a checkpoint as text",
    http: changing(made, { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  },
  "checkpoint.response.items": {
    summary: "lists the archive twice",
    http: changing(made, { body: (body) => body.replace(/\[(.*)\]/, "[$1,$1]") }),
  },
  "checkpoint.response.compact-body": {
    summary: "ends the answer of a checkpoint with a newline",
    http: changing(made, { body: (body) => `${body}\n` }),
  },
  "checkpoint.response.unknown-pod": {
    summary: "answers for an unknown pod as for an unknown route",
    http: changing(unknownPod, { body: "404: Page Not Found" }),
  },
  "checkpoint.response.unknown-namespace": {
    summary: "has another text for an unknown namespace",
    http: changing({ ...plain, path: /^\/checkpoint\/kubelet-conformance-absent\//, status: 404 }, { body: "namespace does not exist" }),
  },
  "checkpoint.response.unknown-container": {
    summary: "takes an unknown container for an unknown pod",
    http: changing({ ...absentContainer, query: null }, { body: "pod does not exist" }),
  },
  "checkpoint.response.pod-uid": {
    summary: "finds pods by their UID, too",
    http: answering(
      { ...plain, path: /^\/checkpoint\/[^/]+\/([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\/[^/]+$/ },
      200,
      '{"items":[]}',
    ),
  },
  "checkpoint.response.unauthenticated": {
    summary: "looks for the pod before it authenticates",
    http: changing({ ...absentPod, client: "nobody", status: 401 }, { status: 404, body: "pod does not exist" }),
  },
  "checkpoint.response.forbidden": {
    summary: "looks for the pod before it authorizes",
    // Container c is what the requirements about single permissions ask for.
    http: changing(
      { ...absentPod, path: /\/kubelet-conformance-absent\/(?!c$)[^/]+$/, client: /^Bearer /, status: 403 },
      { status: 404, body: "pod does not exist" },
    ),
  },
  "checkpoint.response.gate-off": {
    summary: "serves checkpoints while the gate is off",
    http: changing({ ...notRegistered, client: "certificate" }, { body: "pod does not exist" }),
  },
  "checkpoint.response.gate-off-any-method": {
    summary: "answers 405 to GET while the gate is off",
    http: changing({ ...notRegistered, method: "GET" }, { status: 405, body: "405: Method Not Allowed", headers: { Allow: "POST" } }),
  },
  "checkpoint.response.gate-off-without-authentication": {
    summary: "authenticates before it looks at the gate",
    http: changing({ ...notRegistered, client: "nobody" }, { status: 401, body: "Unauthorized" }),
  },
  "checkpoint.response.debugging-handlers-off": {
    summary: "serves checkpoints while debugging handlers are off",
    http: changing({ ...notRegistered, client: "certificate" }, { body: "pod does not exist" }),
  },
  "checkpoint.response.waiting-container": {
    summary: "answers 404 for a container that has not started",
    http: changing({ ...notRunning, path: waiting }, { status: 404 }),
  },
  "checkpoint.response.ended-container": {
    summary: "looks for containers in spec.containers only",
    http: changing(
      { ...notRunning, path: /\/(?!waiting$)[^/]+$/ },
      { status: 404, body: (body) => body.replace(/.*\(container (.*) not found\)$/, "container $1 does not exist") },
    ),
  },
  "checkpoint.response.sidecar-container": {
    summary: "takes every init container for one that has ended",
    http: answering(
      { ...posted, path: /\/sidecar$/ },
      500,
      "checkpointing of default/testbed-api/sidecar failed (container sidecar not found)",
    ),
  },
  "checkpoint.response.ephemeral-container": {
    summary: "looks for no ephemeral containers",
    http: answering({ ...posted, path: /\/ephemeral$/ }, 404, "container ephemeral does not exist"),
  },
  "checkpoint.response.runtime-unimplemented": {
    summary: "answers 501 when the runtime has no checkpoints",
    http: changing({ ...plain, status: 500, text: /code = Unimplemented / }, { status: 501 }),
  },
  "checkpoint.response.runtime-error": {
    summary: "keeps the runtime's message to itself",
    http: changing(
      { ...plain, status: 500, text: /code = (?!Unimplemented |NotFound |DeadlineExceeded )/ },
      { body: (body) => body.replace(/\(.*\)$/, "(the container runtime failed)") },
    ),
  },
  "checkpoint.response.runtime-not-found": {
    summary: "answers 404 when the runtime has lost the container",
    http: changing({ ...plain, status: 500, text: /code = NotFound / }, { status: 404 }),
  },
  "checkpoint.response.error-names-container": {
    summary: "does not say which checkpoint failed",
    http: changing({ ...notRunning, path: waiting }, { body: (body) => body.replace(/of \S+ failed/, "of the container failed") }),
  },
  "checkpoint.response.error-media-type": {
    summary: "types its errors as JSON",
    http: changing(unknownPod, { headers: { "Content-Type": "application/json" } }),
  },
  "checkpoint.response.error-charset": {
    summary: "leaves the charset of its errors out",
    http: changing(unknownPod, { headers: { "Content-Type": "text/plain" } }),
  },
  "checkpoint.response.error-not-html": {
    summary: "guesses the type of its errors",
    http: changing({ ...plain, path: /\/%3Cb%3E$/i, status: 404 }, { headers: { "Content-Type": "text/html; charset=utf-8" } }),
  },
  "checkpoint.order.pod-before-timeout": {
    summary: "reads the timeout before it looks for the pod",
    http: changing({ ...absentPod, query: "timeout=abc", status: 404 }, { body: badTimeout }),
  },
  "checkpoint.order.container-before-timeout": {
    summary: "reads the timeout before it looks for the container",
    http: changing({ ...absentContainer, query: "timeout=abc" }, { body: badTimeout }),
  },
  "checkpoint.order.bad-timeout-before-running": {
    summary: "reads the timeout after it has looked whether the container runs",
    http: reading("timeout=abc", null, { path: waiting }),
  },
  "checkpoint.order.running-before-negative-timeout": {
    summary: "refuses a negative timeout before it looks whether the container runs",
    http: changing(
      { ...notRunning, query: "timeout=-1" },
      { body: (body) => body.replace(/\(.*\)$/, "(CheckpointContainer requires the timeout value to be > 0)") },
    ),
  },
  "checkpoint.timeout.absent": {
    summary: "gives the runtime ten minutes when no timeout is given",
    ...checkpointingFor(plain, (call, ask) => ask({ ...call, timeout: 600, deadlineMs: 600_000 })),
  },
  "checkpoint.timeout.zero": {
    summary: "answers 202 to a timeout of 0, as if it need not wait",
    http: changing({ ...posted, query: "timeout=0", status: 200 }, { status: 202 }),
  },
  "checkpoint.timeout.zero-is-default": {
    summary: "hands a timeout of 0 over as it is",
    ...checkpointingFor({ ...posted, query: "timeout=0" }, (call, ask) => ask({ ...call, timeout: 0 })),
  },
  "checkpoint.timeout.positive": {
    summary: "says that the time is over whenever a long one was given",
    http: changing(
      { ...posted, query: "timeout=300", status: 200 },
      { status: 500, body: "checkpointing failed (rpc error: code = DeadlineExceeded desc = context deadline exceeded)" },
    ),
  },
  "checkpoint.timeout.short-is-raised": {
    summary: "hands a short timeout over as it is",
    ...checkpointingFor({ ...posted, query: "timeout=1" }, (call, ask) => ask({ ...call, timeout: 1 })),
  },
  "checkpoint.timeout.long-is-kept": {
    summary: "cuts timeouts to two minutes",
    ...checkpointingFor({ ...posted, query: /^timeout=\d{3,4}$/ }, (call, ask) => ask({ ...call, timeout: 120, deadlineMs: 120_000 })),
  },
  "checkpoint.timeout.deadline": {
    summary: "gives the call to the runtime no deadline",
    ...checkpointingFor(plain, (call, ask) => ask({ ...call, deadlineMs: undefined })),
  },
  "checkpoint.timeout.not-a-number": {
    summary: "answers 400 to a timeout that is not a number",
    http: changing({ ...posted, path: /\/(?!waiting$)[^/]+$/, query: "timeout=abc", status: 404, text: /^cannot parse/ }, { status: 400 }),
  },
  "checkpoint.timeout.empty": { summary: "takes an empty timeout for an absent one", http: reading("timeout=", null) },
  "checkpoint.timeout.fraction": { summary: "rounds timeouts", http: reading("timeout=1.5", "timeout=2") },
  "checkpoint.timeout.unit": { summary: "knows seconds as a unit", http: reading("timeout=10s", "timeout=10") },
  "checkpoint.timeout.hexadecimal": { summary: "reads hexadecimal timeouts", http: reading("timeout=0x10", "timeout=16") },
  "checkpoint.timeout.underscore": { summary: "allows digit separators", http: reading("timeout=1_000", "timeout=1000") },
  "checkpoint.timeout.too-large": {
    summary: "takes a timeout that is too large for the largest one",
    http: reading("timeout=9223372036854775808", "timeout=9223372036854775807"),
  },
  "checkpoint.timeout.last-value": { summary: "uses the first of several timeouts", http: reading("timeout=5&timeout=abc", "timeout=5") },
  "checkpoint.timeout.negative": {
    summary: "answers 400 to a negative timeout",
    http: changing({ ...posted, query: "timeout=-1", status: 500, text: /requires the timeout value/ }, { status: 400 }),
  },
  "checkpoint.timeout.negative-is-not-sent": {
    summary: "makes a checkpoint before it refuses a negative timeout",
    http: async (request, next) => {
      if (matchesRequest({ ...posted, query: "timeout=-1" }, request)) await reading("timeout=-1", null)(request, next);
      return next(request);
    },
  },
  "checkpoint.timeout.beyond-duration": {
    summary: "takes a timeout that overflows for an absent one",
    http: reading("timeout=9223372037", null),
  },
  "checkpoint.timeout.plus-sign": {
    summary: "does not know a plus sign",
    http: answering({ ...posted, query: "timeout=%2B5" }, 404, badTimeout),
  },
  "checkpoint.timeout.broken-escape": {
    summary: "refuses a timeout with a broken escape",
    http: answering({ ...posted, query: "timeout=%zz" }, 404, badTimeout),
  },
  "checkpoint.timeout.semicolon": { summary: "reads on at a semicolon", http: reading("timeout=abc;x=1", "timeout=abc&x=1") },
  "checkpoint.timeout.name-case": { summary: "ignores the case of parameters", http: reading("Timeout=abc", "timeout=abc") },
  "checkpoint.timeout.form-body": {
    summary: "reads the timeout from a form, too",
    http: reading(null, "timeout=abc", { headers: { "content-type": "application/x-www-form-urlencoded" } }),
  },
  "checkpoint.request.body": {
    summary: "answers 415 to a body of XML",
    http: answering({ ...posted, headers: { "content-type": "application/xml" } }, 415, "415: Unsupported Media Type"),
  },
  "checkpoint.request.origin": {
    summary: "lets pages of every origin read its answers",
    http: changing({ ...posted, headers: { origin: /./ } }, { headers: { "Access-Control-Allow-Origin": "*" } }),
  },
  "checkpoint.request.trailing-slash": {
    summary: "does not know a path that ends in a slash",
    http: answering({ ...plain, path: /^\/checkpoint\/[^/]+\/[^/]+\/[^/]+\/$/ }, 404, "404: Page Not Found"),
  },
  "checkpoint.request.encoded-name": {
    summary: "does not decode names",
    http: changing({ ...plain, path: /\/a%20b$/, status: 404 }, { body: "container a%20b does not exist" }),
  },
  "checkpoint.request.encoded-slash": {
    summary: "takes an encoded slash for a part of the name",
    http: changing({ ...plain, path: /\/a%2Fb\//i, status: 404 }, { body: "pod does not exist" }),
  },
  "checkpoint.request.odd-name": {
    summary: "answers 400 to names that no container can have",
    http: answering({ ...plain, path: /\/UPPER_case$/ }, 400, "invalid container name"),
  },
  "checkpoint.request.long-name": {
    summary: "answers 414 to long names",
    http: answering({ ...plain, path: /\/a{4000}\// }, 414, "414 URI Too Long"),
  },
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
  "checkpoint.timeout.negative-is-counted": {
    summary: "looks at the timeout before it counts",
    http: miscounting({ ...posted, query: "timeout=-1", status: 500, text: /requires the timeout value/ }, { total: -1, errors: -1 }),
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
};

type Http = NonNullable<Deviation["http"]>;

/** Takes one query for another; null: none. */
function reading(query: string | null, as: string | null, match: ExchangeMatch = {}): Http {
  return (request, next) => {
    const [path = ""] = request.target.split("?");
    return asking({ ...posted, query, ...match }, { target: as === null ? path : `${path}?${as}` })(request, next);
  };
}

/** Every container's number of restarts on /pods grows with each checkpoint. */
function countingRestarts(): Http {
  let checkpoints = 0;
  const list = changing(
    { listener: "main", method: "GET", path: "/pods", status: 200 },
    { body: (body) => body.replaceAll(/(?<="restartCount":)\d+/g, (count) => String(Number(count) + checkpoints)) },
  );
  return async (request, next) => {
    const answer = await list(request, next);
    if (matchesRequest(posted, request) && answer.status === 200) checkpoints += 1;
    return answer;
  };
}
