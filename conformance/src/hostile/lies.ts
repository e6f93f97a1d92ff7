import { tmpdir } from "node:os";
import type { Answer, Hostile, Place } from "./hostile.ts";
import { escapes } from "./answers-body.ts";
import { discovery, everywhere, later, listenTcp, listenTls, reader, send } from "./listen.ts";

const redirect =
  (to: (path: string) => string) =>
  (place: Place): Promise<string> =>
    later(place, (socket, { path }) => send(socket, "", `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${to(path)}\r\n`));
/** A kubelet, but for the answers at these paths. */
const but =
  (
    changed: Readonly<Record<string, string | Buffer>>,
    rest: Answer = (socket) => send(socket, "404 page not found\n", "HTTP/1.1 404 Not Found\r\n"),
  ) =>
  (place: Place): Promise<string> =>
    listenTls(
      place,
      reader((socket, request) => {
        const found = { ...discovery, ...changed }[request.path.split("?")[0] ?? ""];
        if (found === undefined) rest(socket, request);
        else send(socket, found);
      }),
    );
const podNamed = (name: string, more = {}): string =>
  JSON.stringify({
    kind: "PodList",
    apiVersion: "v1",
    items: [
      {
        metadata: { name, namespace: "default", uid: name, annotations: { [name]: name } },
        spec: { nodeName: name, containers: [{ name: "web" }] },
        status: { containerStatuses: [{ name: "web", restartCount: 0, state: { running: {} } }] },
        ...more,
      },
    ],
  });
const metrics = (lines: string): Readonly<Record<string, string>> => ({ "/metrics": `${discovery["/metrics"]}${lines}\n` });
const family = "# HELP a x\n# TYPE a counter\n";
const ofMetrics = ["--profile", "metrics"];
const all: readonly string[] = ["--exec", "default/web/web", "--checkpoint", "default/web/web"];
const echo: Answer = (socket, { head }) =>
  send(socket, head, `HTTP/1.1 200 ${head.replaceAll(/[^ -~]+/g, " ")}\r\nX-Echo: ${head.replaceAll(/[^ -~]+/g, " ")}\r\n`);

/** Servers whose answers are well-formed, and false. */
export const lies: readonly Hostile[] = [
  { name: "200 to everything", open: (place) => everywhere(place, (socket) => send(socket, "ok")), code: 2, says: /is not a kubelet/ },
  {
    name: "200 to everything after discovery, whole suite",
    alone: true,
    open: (place) => later(place, (socket) => send(socket, "ok")),
    code: 1,
    args: all,
    timeout: 1,
  },
  {
    name: "the request in place of an answer, whole suite",
    alone: true,
    open: (place) => later(place, echo),
    code: 1,
    args: all,
    timeout: 1,
  },
  { name: "the request in place of an answer from the first on", open: (place) => everywhere(place, echo), code: 2 },
  {
    name: "escape sequences in every answer, whole suite",
    open: (place) => later(place, (socket) => send(socket, escapes, `HTTP/1.1 500 ${escapes.replaceAll(/[\0\r\n\u0008\u007f]/g, "")}\r\n`)),
    code: 1,
    args: all,
    timeout: 1,
  },
  {
    name: "pod lists in place of every answer",
    open: (place) => later(place, (socket) => send(socket, discovery["/pods"] ?? "")),
    code: 1,
    args: ["--profile", "core"],
    timeout: 1,
  },
  {
    name: "resets after discovery, whole suite",
    alone: true,
    open: (place) => later(place, (socket) => void socket.destroy()),
    code: 1,
    args: all,
    timeout: 1,
  },
  {
    name: "401 to everything",
    open: (place) => everywhere(place, (socket) => send(socket, "Unauthorized", "HTTP/1.1 401 Unauthorized\r\n")),
    code: 2,
    says: /does not accept these credentials/,
  },
  {
    name: "401 with an invitation to other credentials",
    open: (place) => later(place, (socket) => send(socket, "no", 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\n')),
    code: 1,
    args: ["--focus", "health"],
  },
  ...(["https", "http"] as const).map((scheme): Hostile => ({
    name: `a redirect to another host over ${scheme}`,
    open: (place) => redirect((path) => `${place.elsewhere.replace(/^\w+/, scheme)}${path}`)(place),
    code: 1,
    args: ["--focus", "health", "--focus", "routing", "--focus", "authentication"],
  })),
  {
    name: "a redirect with credentials in its URL",
    open: (place) => redirect((path) => `${place.elsewhere.replace("//", "//user:password@")}${path}`)(place),
    code: 1,
    args: ["--focus", "health"],
  },
  { name: "redirects without end", open: redirect((path) => `${path}/a`), code: 1, args: ["--focus", "routing", "--focus", "node-logs"] },
  { name: "a redirect to itself", open: redirect((path) => path), code: 1, args: ["--focus", "routing", "--focus", "node-logs"] },
  {
    name: "a configuration that names another service's ports",
    open: (place) => {
      const port = Number(new URL(place.elsewhere).port);
      return but({
        "/configz": JSON.stringify({ kubeletconfig: { readOnlyPort: port, healthzPort: port, healthzBindAddress: "0.0.0.0" } }),
      })(place);
    },
    code: 1,
    args: ["--profile", "core"],
    timeout: 1,
  },
  {
    name: "a configuration of impossible ports",
    open: but({ "/configz": '{"kubeletconfig":{"readOnlyPort":99999,"healthzPort":-1}}' }),
    code: 1,
    args: ["--focus", "health"],
  },
  {
    name: "a configuration of the wrong types",
    open: but({ "/configz": '{"kubeletconfig":{"authentication":[],"readOnlyPort":"x","featureGates":[1],"evictionHard":7}}' }),
    code: 1,
    args: ["--profile", "configuration"],
  },
  {
    name: "names that are escape sequences",
    open: but({ "/pods": podNamed(escapes) }),
    code: 1,
    args: ["--focus", "pods", "--focus", "container-logs"],
  },
  {
    name: "names that are half a character",
    open: but({ "/pods": podNamed("web").replaceAll('"web"', '"\\ud800"') }),
    code: 1,
    args: ["--focus", "pods", "--focus", "container-logs"],
  },
  {
    name: "names that are paths",
    open: but({ "/pods": podNamed("../../checkpoint/default/web/web?a=b#c") }),
    code: 1,
    args: ["--focus", "pods", "--focus", "container-logs"],
  },
  {
    name: "names of 200 KiB",
    open: but({ "/pods": podNamed("x".repeat(200 << 10)) }),
    code: 1,
    args: ["--focus", "pods", "--focus", "container-logs"],
    timeout: 1,
  },
  {
    name: "a version that is an escape sequence",
    open: but({ "/metrics": `kubernetes_build_info{git_version="v1.36.4${escapes.replaceAll("\n", "")}"} 1\n` }),
    code: 1,
    args: ["--focus", "health"],
  },
  {
    name: "a version of another age",
    open: but({ "/metrics": 'kubernetes_build_info{git_version="v999999999.36.4"} 1\n' }),
    code: 1,
    args: ["--focus", "health"],
  },
  {
    name: "50,000 series",
    open: but(metrics(`${family}${Array.from({ length: 50_000 }, (_, index) => `a{b="${index}"} 1`).join("\n")}`)),
    code: 1,
    args: ofMetrics,
  },
  {
    name: "a series of 20,000 labels",
    open: but(metrics(`${family}a{${Array.from({ length: 20_000 }, (_, index) => `l${index}="x"`).join(",")}} 1`)),
    code: 1,
    args: ofMetrics,
  },
  { name: "a label of four mebibytes", open: but(metrics(`${family}a{b="${"x".repeat(4 << 20)}"} 1`)), code: 1, args: ofMetrics },
  { name: "a label of backslashes", open: but(metrics(`${family}a{b="${"\\\\".repeat(1 << 20)}`)), code: 1, args: ofMetrics },
  { name: "a label without an end on each line", open: but(metrics(family + 'a{b="x\\"'.repeat(200_000))), code: 1, args: ofMetrics },
  { name: "metrics of blanks", open: but(metrics(`${family}a{b="x"}${" ".repeat(4 << 20)}x`)), code: 1, args: ofMetrics },
  {
    name: "metrics whose names are those of objects",
    open: but(metrics('# HELP __proto__ x\n# TYPE __proto__ counter\n__proto__{__proto__="x",constructor="y"} 1')),
    code: 1,
    args: ofMetrics,
  },
  {
    name: "an archive that lies outside",
    open: but({}, (socket, { method }) =>
      send(socket, method === "POST" ? JSON.stringify({ items: [`/../../../../etc/passwd${escapes}`] }) : "ok"),
    ),
    code: 1,
    args: ["--checkpoint", "default/web/web", "--profile", "checkpoint", "--node-root", tmpdir()],
    timeout: 1,
  },
  {
    name: "a hundred thousand archives",
    open: but({}, (socket, { method }) =>
      send(socket, method === "POST" ? JSON.stringify({ items: Array.from({ length: 100_000 }, (_, index) => `/a/${index}`) }) : "ok"),
    ),
    code: 1,
    args: ["--checkpoint", "default/web/web", "--profile", "checkpoint"],
    timeout: 1,
  },
  {
    name: "an answer to CONNECT that does not end",
    open: (place) =>
      later(place, (socket, { method }) => {
        if (method === "CONNECT") socket.write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 100\r\n\r\nhalf");
        else send(socket, "ok");
      }),
    code: 1,
    args: ["--focus", "routing"],
    timeout: 1,
  },
  {
    name: "a status object of an API server",
    open: (place) => everywhere(place, (socket) => send(socket, `{"kind":"Status","apiVersion":"v1","message":"${"x".repeat(1 << 20)}"}`)),
    code: 2,
    says: /is a Kubernetes API server/,
  },
  {
    name: "a plain listener where TLS is spoken",
    open: (place) =>
      listenTcp(
        place,
        reader((socket) => send(socket, "Client sent an HTTP request to an HTTPS server.\n", "HTTP/1.0 400 Bad Request\r\n")),
        "http",
      ),
    code: 2,
    says: /speaks TLS/,
  },
];
