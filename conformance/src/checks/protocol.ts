import { type AreaChecks, Broken, type Check, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { parseConfiguration } from "../target/facts.ts";
import { headerOf, WireError, type WireResponse } from "../target/wire.ts";
import { type RequestText, sendRaw } from "./raw-requests.ts";

/** Nothing is there, and nobody is asked for credentials: a request that is taken is answered with 404. */
const nothing = "/absent";
const anybody = { client: "none" } as const;

/** `spec/requirements/protocol.yaml`, the requirements that no HTTP client can ask about. */
export const protocol: AreaChecks<"protocol"> = {
  "protocol.request.garbage": answered("what is no request", [400], "NONSENSE\r\n\r\n"),
  "protocol.request.version-missing": answered("a request without a version", [400], `GET ${nothing}\r\n\r\n`),

  "protocol.request.other-version": async (context) => {
    for (const version of ["HTTP/0.9", "HTTP/2.0", "HTTP/3.0"]) {
      await expectStatus(context, version, [400, 505], { target: nothing, version });
    }
  },

  "protocol.request.http10": async (context) => {
    const response = await expectStatus(context, "HTTP/1.0", [404], { target: nothing, version: "HTTP/1.0" });
    const coding = headerOf(response, "transfer-encoding");
    if (coding !== undefined) throw new Broken("no Transfer-Encoding in an answer to HTTP/1.0", `Transfer-Encoding: ${coding}`);
  },

  "protocol.request.http10-keep-alive": async (context) => {
    const keep: RequestText = { target: nothing, version: "HTTP/1.0", headers: ["Connection: keep-alive"] };
    const [first] = await expectStatuses(context, [keep, { target: nothing, version: "HTTP/1.0" }], [[404], [404]]);
    const connection = first && headerOf(first, "connection");
    if (connection?.toLowerCase() !== "keep-alive") throw new Broken("Connection: keep-alive", connection ?? "no Connection header");
  },

  "protocol.request.later-minor": answered("HTTP/1.9", [404], { target: `${nothing}?1.9`, version: "HTTP/1.9" }),
  "protocol.header.host-missing": answered("a request without Host", [400], { target: nothing, hosts: [] }),
  "protocol.header.host-twice": answered("a request with two Host headers", [400], { target: nothing, hosts: ["Host: a", "Host: b"] }),
  "protocol.header.host-malformed": answered("a Host with a blank in it", [400], { target: nothing, hosts: ["Host: a b"] }),
  "protocol.header.blank-before-colon": answered("a blank before a header's colon", [400], { target: nothing, headers: ["X-Blank : 1"] }),
  "protocol.header.no-colon": answered("a header without a colon", [400], { target: nothing, headers: ["X-No-Colon"] }),
  "protocol.header.control-character": answered("a control character in a header", [400], {
    target: nothing,
    headers: ["X-Control: a\u0001b"],
  }),
  "protocol.header.large": answered("64 KiB of headers", [404], { target: nothing, headers: [`X-Large: ${"a".repeat(1 << 16)}`] }),

  "protocol.header.too-large": async (context) => {
    const request = { target: nothing, headers: [`X-Too-Large: ${"a".repeat((1 << 20) + (1 << 16))}`] };
    const response = await sendRaw(context, [request], anybody).catch((error: unknown) => {
      // Refused in the middle of its request, a client may see the connection end before it sees the answer.
      if (error instanceof WireError && (error.code === "reset" || error.code === "closed")) return undefined;
      throw error;
    });
    if (response && response.status !== 431) throw new Broken("431, or the connection's end", describeAnswer(response));
  },

  "protocol.header.upgrade-ignored": answered("an offer to change to HTTP/2", [404], {
    target: nothing,
    headers: ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__", "Connection: Upgrade, HTTP2-Settings"],
  }),

  "protocol.refusal.form": async (context) => {
    const response = await expectStatus(context, "a request without Host", [400], { target: `${nothing}?form`, hosts: [] });
    const found = ["content-type", "connection", "content-length"].map((name) => headerOf(response, name));
    if (found.join() !== "text/plain; charset=utf-8,close," || !response.body.toString().startsWith("400 Bad Request")) {
      throw new Broken('"400 Bad Request" as text/plain, Connection: close and no Content-Length', describeAnswer(response));
    }
  },

  "protocol.body.chunked": answered("a chunked body", [404], {
    method: "POST",
    target: nothing,
    headers: ["Transfer-Encoding: chunked"],
    body: "3;extension=1\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n",
  }),
  "protocol.body.without-length": answered("a POST without a body", [404], { method: "POST", target: nothing }),
  "protocol.body.of-get": answered("a GET with a body", [404], { target: nothing, headers: ["Content-Length: 3"], body: "abc" }),

  "protocol.body.length-malformed": async (context) => {
    for (const length of ["x", "-1", "+3", "3.0", "99999999999999999999"]) {
      const request = { method: "POST", target: nothing, headers: [`Content-Length: ${length}`], body: "abc" };
      await expectStatus(context, `Content-Length: ${length}`, [400], request);
    }
  },

  "protocol.body.length-twice": answered("two lengths that differ", [400], {
    method: "POST",
    target: nothing,
    headers: ["Content-Length: 3", "Content-Length: 4"],
    body: "abcd",
  }),
  "protocol.body.unknown-coding": answered("Transfer-Encoding: gzip", [501, 400], {
    method: "POST",
    target: nothing,
    headers: ["Transfer-Encoding: gzip"],
  }),

  "protocol.expect.continue": async (context) => {
    // The body is no verbosity, so nothing is set.
    const request = { method: "PUT", target: "/debug/flags/v", headers: ["Expect: 100-continue", "Content-Length: 1"] };
    const { connection } = await sendRaw(context, [request], { afterContinue: "y" });
    const statuses = connection?.answers.map(({ status }) => status) ?? [];
    if (statuses.join() !== "100,400") throw new Broken("100, and 400 once the body is there", statuses.join(", "));
  },

  "protocol.expect.not-wanted": answered("a client that waits with its body", [404], {
    method: "POST",
    target: nothing,
    headers: ["Expect: 100-continue", "Content-Length: 3"],
  }),
  "protocol.expect.unknown": answered("an unknown expectation", [417], { method: "POST", target: nothing, headers: ["Expect: wonders"] }),

  "protocol.connection.pipeline": async (context) => {
    const requests: RequestText[] = [{ target: nothing, keepAlive: true }, { target: "//absent", keepAlive: true }, { target: nothing }];
    await expectStatuses(context, requests, [[404], [301, 307, 308], [404]]);
  },

  "protocol.connection.unread-body": async (context) => {
    const body = "GET / HTTP/1.1\r\n";
    const post: RequestText = { method: "POST", target: nothing, headers: [`Content-Length: ${body.length}`], body, keepAlive: true };
    await expectStatuses(context, [post, { target: nothing }], [[404], [404]]);
  },

  "protocol.connection.after-refusal": async (context) => {
    await expectStatuses(context, [{ target: "/absent/%zz", keepAlive: true }, { target: nothing }], [[400]]);
  },

  "protocol.tls.plain-http": async (context) => {
    requireTls(context);
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const response = await sendRaw(context, [{ method, target: nothing }], { ...anybody, plain: true });
      if (response.status !== 400 || response.body.toString() !== "Client sent an HTTP request to an HTTPS server.\n") {
        throw new Broken('400 "Client sent an HTTP request to an HTTPS server."', describeAnswer(response));
      }
    }
  },

  "protocol.tls.not-tls": async (context) => {
    requireTls(context);
    const requests: readonly (RequestText | string)[] = [{ method: "DELETE", target: nothing }, "EHLO kubelet\r\n"];
    for (const request of requests) {
      const response = await sendRaw(context, [request], { ...anybody, plain: true }).catch((error: unknown) => {
        // An alert of TLS is no answer either.
        if (error instanceof WireError && ["reset", "closed", "malformed"].includes(error.code)) return undefined;
        throw error;
      });
      if (response && response.status !== 400) throw new Broken("the connection's end, or 400", describeAnswer(response));
    }
  },

  "protocol.http2.not-offered": async (context) => {
    const shown = parseConfiguration((await context.send({ target: "/configz" })).body.toString());
    // Unknown members are undefined.
    const { authentication, featureGates } = (shown ?? {}) as Partial<Record<string, Record<string, unknown>>>;
    const x509 = authentication?.["x509"] as { clientCAFile?: unknown } | undefined;
    if (!x509?.clientCAFile || featureGates?.["ReloadKubeletClientCAFile"] === false) {
      context.notApplicable("this kubelet does not reload a client CA file");
    }
    const offered = await context.send({ target: nothing, client: "none", protocol: "h2" }).catch((error: unknown) => {
      if (error instanceof WireError && error.code === "no-http2") return undefined;
      throw error;
    });
    if (offered) throw new Broken("no protocol to be negotiated", "HTTP/2");
  },
};

/** One request, one of these statuses. */
function answered(what: string, wanted: readonly number[], request: RequestText | string): Check {
  return async (context) => {
    await expectStatus(context, what, wanted, request);
  };
}

async function expectStatus(
  context: CheckContext,
  what: string,
  wanted: readonly number[],
  request: RequestText | string,
): Promise<WireResponse> {
  const response = await sendRaw(context, [request], anybody);
  if (!wanted.includes(response.status)) throw new Broken(`${what} to be answered with ${wanted.join(" or ")}`, describeAnswer(response));
  return response;
}

/** All answers of a connection, in order. */
async function expectStatuses(
  context: CheckContext,
  requests: readonly RequestText[],
  wanted: readonly (readonly number[])[],
): Promise<readonly Pick<WireResponse, "headers">[]> {
  const { connection } = await sendRaw(context, requests, anybody);
  const answers = connection?.answers ?? [];
  const found = answers.map(({ status }) => status);
  if (found.length !== wanted.length || !found.every((status, index) => wanted[index]?.includes(status))) {
    throw new Broken(`the answers ${wanted.map((each) => each.join("|")).join(", ")} and no more`, found.join(", "));
  }
  return answers;
}

function requireTls(context: CheckContext): void {
  if (!context.target.server.startsWith("https:")) context.notApplicable("the main port of this kubelet does not speak TLS");
}
