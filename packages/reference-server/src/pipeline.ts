import { behaviour } from "@kubelet-conformance/types";
import type { Authenticator } from "./auth/authenticate.ts";
import type { Authorizer } from "./auth/authorize.ts";
import { badRequest, notRegistered, plain } from "./http/answers.ts";
import type { Handler, KubeletAnswer, KubeletRequest, Listener } from "./http/message.ts";
import { parseTarget, type Target } from "./http/target.ts";
import { createMux } from "./mux.ts";
import { createRouter } from "./router.ts";
import type { RouteHandler } from "./routes/route-handler.ts";
import { surfaceOf } from "./routes/surface.ts";
import type { KubeletState } from "./state.ts";

/** Who may pass, on the listener that asks. */
export interface AuthFilter {
  authenticate: Authenticator;
  authorize: Authorizer;
}

const unauthorized = plain(401, "Unauthorized");

/** The steps of one listener, in the order that can be observed: mux, authentication, authorization, router, handler. */
export function createPipeline(listener: Listener, kubelet: KubeletState, auth: AuthFilter | undefined): Handler {
  const { minor } = kubelet;
  const { handles, services } = surfaceOf(listener, kubelet);
  const handled = [...handles.keys()];
  const router = createRouter(
    services.flatMap((service) => service.routes),
    behaviour("not-acceptable-without-length", minor),
  );
  const patterns = new Map<string, RouteHandler | "service">();
  for (const { root } of services) {
    patterns.set(root, "service");
    if (!root.endsWith("/")) patterns.set(`${root}/`, "service");
  }
  for (const [pattern, handler] of handles) patterns.set(pattern, handler);
  const mux = createMux(patterns, behaviour("path-cleaning", minor));
  const redirectStatus = behaviour("redirect-status", minor);

  async function serve(request: KubeletRequest, target: Target): Promise<KubeletAnswer> {
    const found = mux.match(target, request.method);
    if (found === undefined) return notRegistered;
    if ("location" in found) return redirect(redirectStatus, found.location, request.method);
    const refusal = auth && (await refuse(auth, request, target.path));
    if (refusal !== undefined) return refusal;
    if (found.entry !== "service") return await found.entry({ kubelet, request, target, patterns: handled, parameters: {} });
    const routed = router.route(target.path, request);
    if (!("handler" in routed)) return routed;
    return await routed.handler({ kubelet, request, target, patterns: handled, parameters: routed.parameters });
  }

  return async (request) => {
    if (request.target === "*") return await asterisk(request);
    const target = parseTarget(request.target, request.method);
    if (target === undefined) return badRequest;
    if (listener === "healthz") return await serve(request, target);
    const end = kubelet.httpRequests.begin(listener, request.method, target.path);
    let isTakenOver = false;
    try {
      const answer = await serve(request, target);
      isTakenOver = answer.takeOver !== undefined;
      return isTakenOver ? endingLater(answer, end) : answer;
    } finally {
      if (!isTakenOver) end();
    }
  };
}

/** A request whose connection was taken over is under way until the connection ends. */
function endingLater(answer: KubeletAnswer, end: () => void): KubeletAnswer {
  return { ...answer, takeOver: (connection) => (answer.takeOver?.(connection) ?? Promise.resolve()).finally(end) };
}

async function refuse({ authenticate, authorize }: AuthFilter, request: KubeletRequest, path: string): Promise<KubeletAnswer | undefined> {
  const user = await authenticate(request);
  return user === undefined ? unauthorized : await authorize(user, request.method, path);
}

/** As much of a body as net/http reads before it answers `OPTIONS *`. */
const mostOptionsBytes = 4096;

/** `OPTIONS *` is answered by net/http itself, any other method on `*` refused by the mux. */
async function asterisk(request: KubeletRequest): Promise<KubeletAnswer> {
  if (request.method !== "OPTIONS")
    return { status: 400, headers: request.httpVersion === "1.0" ? [] : [["Connection", "close"]], body: "" };
  const announced = Number(request.header("Content-Length") ?? 0);
  const isTooLong = announced > mostOptionsBytes || (await request.body(mostOptionsBytes + 1)).length > mostOptionsBytes;
  return { status: 200, headers: [...(isTooLong ? [["Connection", "close"] as const] : []), ["Content-Length", "0"]], body: "" };
}

/** http.Redirect: only GET gets a body. A query beyond ASCII, here a character per byte, is escaped in the header only. */
function redirect(status: 301 | 307, location: string, method: string): KubeletAnswer {
  const escaped = location.replace(/[\x80-\xff]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  const headers: [string, string][] = [["Location", escaped]];
  if (method !== "GET" && method !== "HEAD") return { status, headers, body: "" };
  headers.push(["Content-Type", "text/html; charset=utf-8"]);
  const text = status === 301 ? "Moved Permanently" : "Temporary Redirect";
  const href = location
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&#34;")
    .replaceAll("'", "&#39;");
  return { status, headers, body: method === "GET" ? Buffer.from(`<a href="${href}">${text}</a>.\n\n`, "latin1") : "" };
}
