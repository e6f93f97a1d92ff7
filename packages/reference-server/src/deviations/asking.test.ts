import { expect, test } from "vitest";
import type { Handler, KubeletRequest } from "../http/message.ts";
import { asAdministrator, asking } from "./asking.ts";

const sent: KubeletRequest = {
  listener: "main",
  method: "HEAD",
  target: "/pods?watch=true",
  rawHeaders: [
    ["Accept", "text/plain"],
    ["Authorization", "Bearer token-of-proxy"],
  ],
  header: (name) => ({ accept: "text/plain", authorization: "Bearer token-of-proxy" })[name.toLowerCase()],
  body: async () => Buffer.from("body"),
  certificate: undefined,
  httpVersion: "1.1",
  remoteAddress: "127.0.0.1",
  signal: new AbortController().signal,
};

/** What the kubelet would get to see of `sent`. */
async function seenThrough(http: ReturnType<typeof asking>): Promise<KubeletRequest> {
  const seen: KubeletRequest[] = [];
  const kubelet: Handler = async (request) => {
    seen.push(request);
    return { status: 200, headers: [], body: "" };
  };
  await http(sent, kubelet);
  const [request] = seen;
  if (request === undefined) throw new Error("the kubelet was not asked");
  return request;
}

test("takes a request that matches for another one", async () => {
  const request = await seenThrough(
    asking({ path: "/pods", client: /proxy$/ }, { method: "GET", headers: { Accept: null, "X-Of": "deviation" } }),
  );
  expect(request.method).toBe("GET");
  expect(request.target).toBe("/pods?watch=true");
  expect(request.header("ACCEPT")).toBeUndefined();
  expect(request.header("x-of")).toBe("deviation");
  expect(request.rawHeaders).toEqual([
    ["Authorization", "Bearer token-of-proxy"],
    ["X-Of", "deviation"],
  ]);
  expect((await request.body()).toString()).toBe("body");
});

test("lets somebody in as an administrator", async () => {
  const request = await seenThrough(asking({ client: /^Bearer / }, asAdministrator));
  expect(request.header("Authorization")).toBeUndefined();
  expect(request.certificate).toMatchObject({ verified: true, organizations: ["system:masters"] });
});

test.each([
  ["another client", { client: "nobody" }],
  ["another path", { path: "/pod" }],
  ["another method", { method: "GET" }],
  ["another header", { headers: { accept: null } }],
  ["another listener", { listener: "read-only" }],
  ["another version of HTTP", { httpVersion: "2.0" }],
] as const)("leaves %s alone", async (_name, match) => {
  expect(await seenThrough(asking(match, { method: "DELETE" }))).toBe(sent);
});
