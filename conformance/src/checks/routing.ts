import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { answerClass, isOfClass } from "../engine/answers.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { absentName } from "../engine/variables.ts";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { type RequestText, sendRaw } from "./raw-requests.ts";

/** The paths that answer a stub while debugging handlers are off (InstallDebuggingDisabledHandlers in pkg/kubelet/server/server.go). */
const stubbedPaths = ["/run/", "/exec/", "/attach/", "/portForward/", "/containerLogs/", "/runningpods/", "/debug/pprof/", "/logs/"];

/** `spec/requirements/routing.yaml`, the requirements that take more than one exchange. */
export const routing: AreaChecks<"routing"> = {
  "routing.not-found.api-server-paths": (context) =>
    expectMissing(context, ["/readyz", "/livez", "/version", "/api", "/api/v1/nodes", "/apis", "/openapi/v2", "/openapi/v3"]),
  "routing.not-found.spec": (context) => expectMissing(context, ["/spec", "/spec/"]),
  "routing.not-found.old-metrics": (context) => expectMissing(context, ["/metrics/resource/v1alpha1", "/metrics/"]),

  "routing.shape.service-roots": async (context) => {
    for (const target of ["/run", "/exec", "/attach", "/portForward", "/containerLogs"]) {
      const response = await context.send({ target });
      if (!isOfClass(answerClass("wrong-shape"), response)) {
        throw new Broken(`${target} to be answered with 404 by the router`, describeAnswer(response));
      }
    }
  },

  "routing.method.checkpoint-others": async (context) => {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      await expectMethodNotAllowed(context, method, `/checkpoint/default/${absentName}/c`, "POST");
    }
  },

  "routing.method.pods-others": async (context) => {
    for (const method of ["PUT", "DELETE", "OPTIONS"]) await expectMethodNotAllowed(context, method, "/pods", "GET");
  },

  "routing.method.connect": async (context) => {
    await expectAnswer(context, { method: "CONNECT", target: "/pods" }, 405);
    await expectAnswer(context, { method: "CONNECT", target: "/healthz" }, 200, "ok");
  },

  "routing.method.trace": async (context) => {
    const [pods, healthz] = [
      { method: "TRACE", target: "/pods" },
      { method: "TRACE", target: "/healthz" },
    ];
    expectStatus(pods, await context.send(pods), 405);
    expectStatus(healthz, await context.send(healthz), 200, "ok");
  },

  "routing.method.case": async (context) => {
    await expectAnswer(context, { method: "get", target: "/pods" }, 405);
    // A plain handler does not look at it.
    await expectAnswer(context, { method: "get", target: "/healthz" }, 200, "ok");
  },

  "routing.redirect.handler": async (context) => {
    for (const target of ["/stats", "/logs"]) {
      const response = await context.send({ target, client: "none" });
      if (!isOfClass(answerClass("redirect"), response) || headerOf(response, "location") !== `${target}/`) {
        throw new Broken(`${target} to be redirected to ${target}/`, describeAnswer(response));
      }
    }
  },

  "routing.redirect.own-host": async (context) => {
    for (const target of ["//kubelet.example/healthz", "http://kubelet.example//healthz"]) {
      const response = await context.send({ target, headers: { Host: "kubelet.example" }, client: "none" });
      const location = headerOf(response, "location");
      if (location === undefined || !/^\/(?!\/)/.test(location)) {
        throw new Broken(`${target} to be redirected to a path`, location ?? describeAnswer(response));
      }
    }
  },

  "routing.target.absolute": async (context) => {
    for (const target of ["http://kubelet.example/healthz", "https://kubelet.example:1/healthz?verbose=false"]) {
      const response = await context.send({ target });
      if (response.status !== 200) throw new Broken(`${target} to be answered as /healthz`, describeAnswer(response));
    }
  },

  "routing.target.long": (context) => expectMissing(context, [`/${"a".repeat(1 << 16)}`]),

  "routing.debugging-off.stub": async (context) => {
    for (const path of stubbedPaths) {
      for (const method of ["GET", "POST"]) {
        const response = await context.send({ method, target: path });
        if (!isOfClass(answerClass("debugging-disabled"), response)) {
          throw new Broken(`${method} ${path} to answer 405 "Debug endpoints are disabled."`, describeAnswer(response));
        }
      }
    }
  },
};

async function expectMissing(context: CheckContext, targets: readonly string[]): Promise<void> {
  for (const target of targets) {
    const response = await context.send({ target, client: "none" });
    if (!isOfClass(answerClass("route-missing"), response)) {
      throw new Broken(`${target.slice(0, 40)} not to be registered`, describeAnswer(response));
    }
  }
}

/** Sends methods that HTTP clients will not send as they are written. */
async function expectAnswer(context: CheckContext, request: RequestText, status: number, text?: string): Promise<void> {
  expectStatus(request, await sendRaw(context, [request]), status, text);
}

function expectStatus({ method, target }: RequestText, response: WireResponse, status: number, text?: string): void {
  if (response.status !== status || (text !== undefined && response.body.toString() !== text)) {
    throw new Broken(`${method} ${target} to be answered with ${status}`, describeAnswer(response));
  }
}

async function expectMethodNotAllowed(context: CheckContext, method: string, target: string, allow: string): Promise<void> {
  const response = await context.send({ method, target });
  if (response.status !== 405) throw new Broken(`${method} ${target} to answer 405`, describeAnswer(response));
  const actual = headerOf(response, "allow");
  if (actual !== allow)
    throw new Broken(`${method} ${target} to answer Allow: ${allow}`, actual === undefined ? "no Allow header" : `Allow: ${actual}`);
}
