import { answering, changing } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { forbidden, methodNotAllowed, routeMissing } from "./refusals.ts";
import { type Id, absent, unknownPod, usual, exec, absentPod, certified, main } from "./streaming-matches.ts";

const noStream = "you must specify at least 1 of stdin, stdout, stderr";

/** Before the switch: what exec and attach look at, and who may ask. */
export const requestDeviations = {
  "streaming.exec.no-stream": {
    summary: "looks for the pod before it looks at the streams of exec",
    http: changing({ ...absentPod("exec"), query: "command=echo&tty=1", status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.attach.no-stream": {
    summary: "looks for the pod before it looks at the streams of attach",
    http: changing({ ...absentPod("attach"), query: "tty=1", status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.exec.stream-true": {
    summary: "takes true for 1",
    http: changing({ ...absentPod("exec"), query: /output=true/, status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.exec.stream-names": {
    summary: "takes the API server's names of the streams",
    http: changing({ ...absentPod("exec"), query: /stdout=1/, status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.exec.stderr-of-a-terminal": {
    summary: "gives a terminal a stderr of its own",
    http: changing({ ...absentPod("exec"), query: /tty=1&error=1/, status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.exec.first-value": {
    summary: "takes the last value of a stream",
    http: changing({ ...absentPod("exec"), query: /output=0&output=1/, status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.exec.form": {
    summary: "reads the streams from the query only",
    http: answering({ ...absentPod("exec"), method: "POST", query: "command=echo" }, 400, noStream),
  },
  "streaming.exec.unknown-pod": {
    summary: "answers exec in an unknown pod as on an unknown route",
    http: changing({ ...absentPod("exec"), ...certified, method: "POST", query: usual, status: 404 }, { body: "404: Page Not Found" }),
  },
  "streaming.exec.unknown-pod-by-get": {
    summary: "takes exec by POST only",
    http: methodNotAllowed(
      { ...absentPod("exec"), ...certified, method: "GET", query: usual, headers: { upgrade: null, accept: null } },
      "POST",
    ),
  },
  "streaming.exec.unknown-container": {
    summary: "answers 404 to exec in an unknown container",
    http: changing({ ...main, path: new RegExp(`^/exec/.*/${absent}$`), status: 500 }, { status: 404 }),
  },
  "streaming.exec.waiting-container": {
    summary: "answers 404 to exec in a container that does not run",
    http: changing({ ...main, path: /^\/exec\/.*\/waiting$/, status: 500 }, { status: 404 }),
  },
  "streaming.attach.unknown-pod": {
    summary: "answers attach to an unknown pod as an unknown route",
    http: changing({ ...absentPod("attach"), ...certified, query: "output=1", status: 404 }, { body: "404: Page Not Found" }),
  },
  "streaming.attach.unknown-container": {
    summary: "answers 404 to attach to an unknown container",
    http: changing({ ...main, path: new RegExp(`^/attach/.*/${absent}$`), status: 500 }, { status: 404 }),
  },
  "streaming.attach.waiting-container": {
    summary: "answers 404 to attach to a container that does not run",
    http: changing({ ...main, path: /^\/attach\/.*\/waiting$/, status: 500 }, { status: 404 }),
  },
  "streaming.attach.other-uid": {
    summary: "answers 404 to attach to a pod with another UID",
    http: changing({ ...main, path: new RegExp(`^/attach/[^/]+/[^/]+/${absent}/[^/]+$`), status: 500 }, { status: 404 }),
  },
  "streaming.attach.upgrade-required": {
    summary: "answers 400 to attach without an upgrade",
    http: changing({ ...main, path: /^\/attach\//, status: 500, text: /^Upgrade request/ }, { status: 400 }),
  },
  "streaming.exec.upgrade-required": {
    summary: "answers exec without an upgrade with the output",
    http: changing({ ...main, path: exec, status: 500, text: /^Upgrade request/ }, { status: 200, body: "hi\n" }),
  },
  "streaming.exec.unauthenticated": {
    summary: "looks for the pod before it authenticates, in exec",
    http: answering({ ...absentPod("exec"), client: "nobody" }, 404, unknownPod),
  },
  "streaming.exec.forbidden": {
    summary: "looks for the pod before it authorizes, in exec",
    http: changing({ ...absentPod("exec"), method: "POST", client: /-none$/, status: 403 }, { status: 404, body: unknownPod }),
  },
  "streaming.attach.unauthenticated": {
    summary: "looks for the pod before it authenticates, in attach",
    http: answering({ ...absentPod("attach"), client: "nobody" }, 404, unknownPod),
  },
  "streaming.attach.forbidden": {
    summary: "looks for the pod before it authorizes, in attach",
    http: changing({ ...absentPod("attach"), client: /-none$/, status: 403 }, { status: 404, body: unknownPod }),
  },
  "streaming.exec.proxy": {
    summary: "does not take nodes/proxy for leave to run commands with streams",
    http: forbidden({ ...absentPod("exec"), client: /-proxy$/ }),
  },
  "streaming.exec.method": {
    summary: "does not say which methods exec has",
    http: changing({ ...absentPod("exec"), method: "PATCH" }, { headers: { Allow: null } }),
  },
  "streaming.exec.too-short": {
    summary: "has no route for exec without a container",
    http: routeMissing({ ...main, path: `/exec/default/${absent}` }),
  },
  "streaming.exec.accept": {
    summary: "takes JSON for an answer that is none",
    http: answering({ ...absentPod("exec"), headers: { upgrade: null, accept: "application/json" } }, 404, unknownPod),
  },
} satisfies Partial<Record<Id, Deviation>>;
