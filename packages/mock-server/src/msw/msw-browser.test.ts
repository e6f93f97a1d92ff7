import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, canBrowse, launchBrowser } from "@kubelet-conformance/test-browser";
import type * as Msw from "msw/browser";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as Kubelet from "./index.ts";

const dist = new URL("../../dist/", import.meta.url);
const msw = new URL("../", import.meta.resolve("msw"));

/** What the page loads: the entry as it is published, without a bundler, and msw's own files. */
const files: Readonly<Record<string, URL>> = {
  "/mockServiceWorker.js": new URL("mockServiceWorker.js", msw),
  "/msw-global.js": new URL("iife/index.js", msw),
};
const page = `<!doctype html><html lang=en><title>a front-end</title>
<script type="importmap">{"imports":{"msw":"/msw.js"}}</script>
<script src="/msw-global.js"></script>
<script type="module">import * as kubelet from "/msw/index.js"; globalThis.kubelet = kubelet;</script>`;

/** What the page's scripts have put there. */
interface PageGlobals {
  kubelet: typeof Kubelet;
  MockServiceWorker: typeof Msw;
}

const shim = "export const { http, HttpResponse, delay } = MockServiceWorker;";

let server: Server;
let browser: Browser | undefined;
const loaded: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "/";
    loaded.push(path);
    if (path === "/") return void response.setHeader("Content-Type", "text/html").end(page);
    response.setHeader("Content-Type", "text/javascript");
    if (path === "/msw.js") return void response.end(shim);
    readFile(files[path] ?? new URL(`.${path}`, dist)).then(
      (body) => response.end(body),
      () => response.writeHead(404).end(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  if (canBrowse) browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server.close();
});

test.skipIf(!canBrowse)("handlers answer a page through its service worker", async () => {
  const tab = await browser?.newPage();
  // A listening TCP server's address is of this kind.
  await tab?.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  const seen = await tab?.evaluate(async () => {
    const { kubelet, MockServiceWorker } = globalThis as unknown as PageGlobals; // See above.
    const { kubeletHandlers, kubeletOverrides } = kubelet;
    const baseUrl = "https://node-1.example:10250";
    const worker = MockServiceWorker.setupWorker(...kubeletHandlers({ baseUrl, kubernetesVersion: "1.36" }));
    await worker.start({ quiet: true });
    const ask = async (path: string, init: RequestInit = {}): Promise<[number, string]> => {
      const response = await fetch(baseUrl + path, { credentials: "include", ...init });
      return [response.status, await response.text()];
    };
    const usual = [await ask("/healthz"), await ask("/pods")] as const;
    worker.use(kubeletOverrides({ baseUrl, kubernetesVersion: "1.36" }).checkpointContainer({ example: "unknown-pod" }));
    return [...usual, await ask("/checkpoint/default/p/c", { method: "POST", headers: { Authorization: "Bearer x" } })];
  });
  expect(seen).toEqual([
    [200, "ok"],
    [200, expect.stringContaining('"kind":"PodList"')],
    [404, "pod does not exist"],
  ]);
  expect(loaded.filter((path) => path.startsWith("/msw/") || path.startsWith("/generated/")).toSorted()).toEqual([
    "/generated/msw-examples.js",
    "/msw/choose.js",
    "/msw/handlers.js",
    "/msw/index.js",
    "/msw/path-prefix.js",
  ]);
});
