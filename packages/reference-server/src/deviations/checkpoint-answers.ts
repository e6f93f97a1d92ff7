import { answering, changing } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import {
  type Id,
  posted,
  plain,
  made,
  absentPod,
  unknownPod,
  notRegistered,
  absentContainer,
  waiting,
  notRunning,
  badTimeout,
  reading,
} from "./checkpoint-matches.ts";

/** What is wrong with an answer, and the order in which reasons are looked for. */
export const answersDeviations = {
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
} satisfies Partial<Record<Id, Deviation>>;
