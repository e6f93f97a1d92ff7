import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { alteringBytes, replacing } from "./altered-connection.ts";
import type { Deviation } from "./deviation.ts";
import { routeMissing } from "./refusals.ts";
import {
  withOpcode,
  withoutFirstReset,
  fromSecondAnswerOn,
  afterRefusal,
  withErrorText,
  httpAnswer,
  namesNoPort,
} from "./streaming-bytes.ts";
import {
  type Id,
  absent,
  unknownPod,
  forward,
  portForwarding,
  tunnel,
  overSpdy,
  overWebSocket,
  absentPod,
  certified,
  main,
  spdy,
  webSocket,
} from "./streaming-matches.ts";

const badPort = (query: string | null): ExchangeMatch => ({ ...absentPod("portForward"), ...webSocket(null), query });

/** PortForward: what is asked for, the switch, and what goes over the streams. */
export const portForwardDeviations = {
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
  "streaming.port-forward.unauthenticated": {
    summary: "looks for the pod before it authenticates, in portForward",
    http: answering({ ...absentPod("portForward"), client: "nobody" }, 404, unknownPod),
  },
  "streaming.port-forward.forbidden": {
    summary: "looks for the pod before it authorizes, in portForward",
    http: changing({ ...absentPod("portForward"), client: /-none$/, status: 403 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.too-long": {
    summary: "has no route for portForward with a container",
    http: routeMissing({ ...main, path: `/portForward/default/${absent}/c/d` }),
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
    http: changing({ ...absentPod("portForward"), ...webSocket(tunnel), status: 400 }, { status: 404, body: unknownPod }),
  },
  "streaming.port-forward.tunnel-needs-no-port": {
    summary: "asks for a port where a tunnel is wanted",
    http: answering({ ...absentPod("portForward"), ...webSocket(tunnel) }, 400, 'query parameter "port" is required'),
  },
  "streaming.port-forward.tunnel": {
    summary: "does not say that the tunnel was chosen",
    http: changing({ ...webSocket(tunnel), path: forward, status: 101 }, { headers: { "Sec-WebSocket-Protocol": null } }),
  },

  "streaming.port-forward.data": {
    summary: "garbles what comes from a forwarded port over SPDY",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => afterRefusal(false, httpAnswer)),
  },
  "streaming.port-forward.no-error": {
    summary: "writes on the error stream of a forwarded connection that ended well",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => afterRefusal(false, withErrorText)),
  },
  "streaming.port-forward.refused": {
    summary: "does not say over SPDY that it is a port that refused",
    http: replacing(overSpdy(forward, null, portForwarding), "port", "gate"),
  },
  "streaming.port-forward.after-a-refusal": {
    summary: "forwards no port over SPDY after one that refused",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => afterRefusal(true, httpAnswer)),
  },
  "streaming.port-forward.bad-stream": {
    summary: "leaves a stream to a port that cannot be without an answer",
    http: alteringBytes(overSpdy(forward, null, portForwarding), withoutFirstReset),
  },
  "streaming.port-forward.simultaneous": {
    summary: "garbles what comes from a port while another connection is forwarded",
    http: alteringBytes(overSpdy(forward, null, portForwarding), () => fromSecondAnswerOn(httpAnswer)),
  },
  "streaming.port-forward.websocket-ports": {
    summary: "announces ports in network byte order",
    http: replacing(overWebSocket(forward, /^port=1&port=258$/), "\x02\x02\x01", "\x02\x01\x02"),
  },
  "streaming.port-forward.websocket-data": {
    summary: "garbles what comes from a forwarded port over WebSocket",
    http: alteringBytes(overWebSocket(forward), () => httpAnswer),
  },
  "streaming.port-forward.websocket-refused": {
    summary: "does not say over WebSocket that it is a port that refused",
    http: alteringBytes(overWebSocket(forward, /^port=1$/), () => namesNoPort),
  },
  "streaming.port-forward.websocket-base64": {
    summary: "sends the channels of the base64 protocol in binary messages",
    http: alteringBytes(overWebSocket(forward, /^port=/, "v4.base64.channel.k8s.io"), () => withOpcode(0x81, 0x82)),
  },
  "streaming.port-forward.tunnel-refused": {
    summary: "does not say through a tunnel that it is a port that refused",
    http: alteringBytes(overWebSocket(forward, null, tunnel), () => namesNoPort),
  },
} satisfies Partial<Record<Id, Deviation>>;
