import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { forbidden, methodNotAllowed, routeMissing } from "./refusals.ts";
import { streamDeviations } from "./streaming-streams.ts";

type Id = ObservableRequirementId["streaming"];

const absent = "kubelet-conformance-absent";
const main: ExchangeMatch = { listener: "main", headers: { upgrade: null } };
/** Requests for a pod that is not there. */
const absentPod = (service: string): ExchangeMatch => ({ ...main, path: new RegExp(`^/${service}/default/${absent}(/c)?$`) });
const certified = { client: "certificate" } as const;
const unknownPod = "pod does not exist";
const noStream = "you must specify at least 1 of stdin, stdout, stderr";
const usual = "command=echo&output=1";

/** An upgrade, or what looks like one, with these headers besides. */
const spdy = (protocol: string | null): ExchangeMatch => ({
  listener: "main",
  headers: { upgrade: /^SPDY/, "x-stream-protocol-version": protocol },
});
const webSocket = (protocol: string | null): ExchangeMatch => ({
  listener: "main",
  headers: { upgrade: "websocket", "sec-websocket-protocol": protocol },
});
/** The pod is there. */
const exec = /^\/exec\/[^/]+\/(?!kubelet-conformance-absent)[^/]+\/[^/]+$/;
const forward = /^\/portForward\/[^/]+\/(?!kubelet-conformance-absent)[^/]+$/;
const badPort = (query: string | null): ExchangeMatch => ({ ...absentPod("portForward"), ...webSocket(null), query });

/** What the check of a single exchange catches; the rest goes over the streams. */
const exchanges: Record<Exclude<Id, keyof typeof streamDeviations>, Deviation> = {
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

  "streaming.port-forward.no-port": {
    summary: "looks for the pod before it looks for a port",
    http: changing({ ...badPort(null), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.empty-port": {
    summary: "leaves empty ports out",
    http: changing({ ...badPort("port="), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.zero-port": {
    summary: "takes 0 for a port",
    http: changing({ ...badPort("port=0"), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.large-port": {
    summary: "takes any number for a port",
    http: changing({ ...badPort("port=70000"), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.no-number": {
    summary: "knows ports by name",
    http: changing({ ...badPort("port=http"), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.one-bad-port": {
    summary: "looks at the first port of a list only",
    http: changing({ ...badPort("port=80,0"), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.unknown-pod": {
    summary: "answers portForward to an unknown pod as an unknown route",
    http: changing({ ...absentPod("portForward"), ...certified, status: 404 }, { body: "404: Page Not Found" }),
  },
  "streaming.port-forward.spdy-needs-no-port": {
    summary: "asks SPDY clients for a port in the query",
    http: answering({ ...absentPod("portForward"), ...spdy(null), ...certified }, 400, 'query parameter "port" is required'),
  },
  "streaming.port-forward.other-uid": {
    summary: "takes any UID in portForward",
    http: changing(
      { ...main, path: new RegExp(`^/portForward/[^/]+/[^/]+/${absent}$`), status: 404 },
      { status: 500, body: "Upgrade request required\n" },
    ),
  },
  "streaming.port-forward.upgrade-required": {
    summary: "answers 400 to portForward without an upgrade",
    http: changing({ ...main, path: /^\/portForward\//, status: 500, text: /^Upgrade request/ }, { status: 400 }),
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
  "streaming.port-forward.unauthenticated": {
    summary: "looks for the pod before it authenticates, in portForward",
    http: answering({ ...absentPod("portForward"), client: "nobody" }, 404, unknownPod),
  },
  "streaming.port-forward.forbidden": {
    summary: "looks for the pod before it authorizes, in portForward",
    http: changing({ ...absentPod("portForward"), client: /-none$/, status: 403 }, { status: 404, body: unknownPod }),
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
  "streaming.port-forward.too-long": {
    summary: "has no route for portForward with a container",
    http: routeMissing({ ...main, path: `/portForward/default/${absent}/c/d` }),
  },

  "streaming.exec.accept": {
    summary: "takes JSON for an answer that is none",
    http: answering({ ...absentPod("exec"), headers: { upgrade: null, accept: "application/json" } }, 404, unknownPod),
  },

  "streaming.spdy.switch": {
    summary: "answers an upgrade to SPDY/3.1 with SPDY/3",
    http: changing(
      { ...spdy("v4.channel.k8s.io"), path: exec, method: "POST", query: usual, status: 101 },
      { headers: { Upgrade: "SPDY/3" } },
    ),
  },
  "streaming.spdy.protocol": {
    summary: "does not say which protocol it has chosen",
    http: changing(
      { ...spdy("v4.channel.k8s.io"), path: exec, method: "POST", query: usual, status: 101 },
      { headers: { "X-Stream-Protocol-Version": null } },
    ),
  },
  "streaming.spdy.by-get": {
    summary: "refuses SPDY by GET",
    http: methodNotAllowed({ ...spdy("v4.channel.k8s.io"), path: exec, method: "GET" }, "POST"),
  },
  "streaming.spdy.with-uid": {
    summary: "compares the UID with the pod's in exec",
    http: answering({ ...spdy("v4.channel.k8s.io"), path: new RegExp(`^/exec/[^/]+/[^/]+/${absent}/[^/]+$`) }, 404, "pod not found"),
  },
  "streaming.spdy.v3": { summary: "does not speak v3.channel.k8s.io", http: unableToUpgrade("v3.channel.k8s.io") },
  "streaming.spdy.v2": { summary: "does not speak v2.channel.k8s.io", http: unableToUpgrade("v2.channel.k8s.io") },
  "streaming.spdy.v1": { summary: "does not speak channel.k8s.io", http: unableToUpgrade("channel.k8s.io") },
  "streaming.spdy.unknown-protocol": {
    summary: "answers 400 when it speaks none of the protocols of the client",
    http: changing({ ...spdy("v9.channel.k8s.io"), path: exec, query: usual, status: 403 }, { status: 400 }),
  },
  "streaming.spdy.no-protocol": {
    summary: "answers 403 when the client names no protocol",
    http: changing({ ...spdy(null), path: exec, status: 400 }, { status: 403 }),
  },

  "streaming.websocket.switch": {
    summary: "answers another key than the client's",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: exec, query: usual, status: 101 },
      { headers: { "Sec-WebSocket-Accept": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" } },
    ),
  },
  "streaming.websocket.by-post": {
    summary: "answers 400 to WebSocket by POST",
    http: changing({ ...webSocket("v4.channel.k8s.io"), path: exec, method: "POST", status: 405 }, { status: 400 }),
  },
  "streaming.websocket.version": {
    summary: "answers 426 to another version of WebSocket than 13",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: exec, headers: { upgrade: "websocket", "sec-websocket-version": "8" }, status: 400 },
      { status: 426 },
    ),
  },
  "streaming.websocket.protocol": {
    summary: "does not say which subprotocol it has chosen",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: exec, query: usual, status: 101 },
      { headers: { "Sec-WebSocket-Protocol": null } },
    ),
  },
  "streaming.websocket.no-protocol": {
    summary: "refuses a WebSocket client that names no subprotocol",
    http: answering({ ...webSocket(null), path: exec }, 403, ""),
  },
  "streaming.websocket.unknown-protocol": {
    summary: "answers 400 to a subprotocol that it does not know",
    http: changing({ ...webSocket("v9.channel.k8s.io"), path: exec, status: 403 }, { status: 400 }),
  },
  "streaming.websocket.newer-client": {
    summary: "looks at the first subprotocol only",
    http: answering({ ...webSocket("v9.channel.k8s.io, v4.channel.k8s.io"), path: exec }, 403, ""),
  },
  "streaming.websocket.v5-refused": {
    summary: "answers 400 to v5.channel.k8s.io",
    http: changing({ ...webSocket("v5.channel.k8s.io"), path: exec, status: 403 }, { status: 400 }),
  },
  "streaming.websocket.v5-or-v4": {
    summary: "refuses a client that prefers v5 to v4",
    http: answering({ ...webSocket("v5.channel.k8s.io, v4.channel.k8s.io"), path: exec }, 403, ""),
  },
  "streaming.websocket.v5": {
    summary: "does not speak v5.channel.k8s.io",
    http: answering({ ...webSocket("v5.channel.k8s.io"), path: exec, query: usual }, 403, ""),
  },
  "streaming.websocket.v5-first": {
    summary: "prefers v4 to v5 when the client does",
    http: changing(
      { ...webSocket("v4.channel.k8s.io, v5.channel.k8s.io"), path: exec, status: 101 },
      { headers: { "Sec-WebSocket-Protocol": "v4.channel.k8s.io" } },
    ),
  },

  "streaming.port-forward.switch": {
    summary: "does not say which protocol of portForward it has chosen",
    http: changing({ ...spdy("portforward.k8s.io"), path: forward, status: 101 }, { headers: { "X-Stream-Protocol-Version": null } }),
  },
  "streaming.port-forward.unknown-protocol": {
    summary: "answers 400 to another protocol than portforward.k8s.io",
    http: changing({ ...spdy("v4.channel.k8s.io"), path: forward, status: 403 }, { status: 400 }),
  },
  "streaming.port-forward.websocket-switch": {
    summary: "does not say which subprotocol of portForward it has chosen",
    http: changing(
      { ...webSocket("v4.channel.k8s.io"), path: forward, query: "port=2", status: 101 },
      { headers: { "Sec-WebSocket-Protocol": "v4.base64.channel.k8s.io" } },
    ),
  },
  "streaming.port-forward.no-tunnel": {
    summary: "does not ask for a port where a tunnel is wanted",
    http: changing({ ...absentPod("portForward"), ...tunnel(), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.tunnel-needs-no-port": {
    summary: "asks for a port where a tunnel is wanted",
    http: answering({ ...absentPod("portForward"), ...tunnel() }, 400, 'query parameter "port" is required'),
  },
  "streaming.port-forward.tunnel": {
    summary: "does not say that the tunnel was chosen",
    http: changing({ ...tunnel(), path: forward, status: 101 }, { headers: { "Sec-WebSocket-Protocol": null } }),
  },
};

/** What breaks each requirement of `spec/requirements/streaming.yaml`. */
export const streaming: Record<Id, Deviation> = { ...exchanges, ...streamDeviations };

function tunnel(): ExchangeMatch {
  return webSocket("SPDY/3.1+portforward.k8s.io");
}

/** Knows one protocol less; commands that ask for more than the usual one are left alone. */
function unableToUpgrade(protocol: string): NonNullable<Deviation["http"]> {
  return answering({ ...spdy(protocol), path: exec, query: usual }, 403, "unable to upgrade: unable to negotiate protocol\n");
}
