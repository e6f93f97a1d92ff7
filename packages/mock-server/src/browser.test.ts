import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  accessibilityProblems,
  type Browser,
  type BrowserContextOptions,
  canBrowse,
  launchBrowser,
  look,
  openDetails,
  type Page,
  takePicture,
  views,
} from "@kubelet-conformance/test-browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "./mock-kubelet.ts";
import { send } from "./mock.test.support.ts";
import { createSpecification } from "./specification.ts";

/** Pictures for people, made anew by each run of this test. */
const pictures = new URL("../test-pictures/", import.meta.url);
const example = fileURLToPath(new URL("../examples/scenarios.yaml", import.meta.url));
let browser: Browser | undefined;
let mock: MockKubelet;
/** Serves an empty page: another origin than the mock's. */
let elsewhere: Server;
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  mock = await createMockKubelet({ scenarios: example, kubernetesVersion: "1.36" });
  elsewhere = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end("<!doctype html><html lang=en><title>a front-end</title><main><h1>A front-end</h1></main>");
  }).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  if (canBrowse) browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await mock.close();
  elsewhere.close();
});

async function open(url: string, options: BrowserContextOptions = {}): Promise<{ page: Page; wrong: string[] }> {
  if (!browser) throw new Error("there is no browser");
  // The mock's certificate is its own.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => wrong.push(message.text()));
  await page.goto(url);
  return { page, wrong };
}

describe.skipIf(!canBrowse)("a page of another origin", () => {
  const checkpoint = "/checkpoint/default/counter-lab-node/counter";
  let page: Page;
  beforeAll(async () => {
    mock.useScenario(undefined);
    // A listening TCP server's address is of this kind.
    ({ page } = await open(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`));
  });
  afterAll(() => page.context().close());

  /** What the page's own code sees of an answer, asked with credentials. */
  function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string; headers: Record<string, string> }> {
    return page.evaluate(
      async ({ url, ...options }) => {
        const response = await fetch(url, { ...options, credentials: "include" });
        return { status: response.status, text: await response.text(), headers: Object.fromEntries(response.headers) };
      },
      { url: mock.url + path, method, headers: { Authorization: "Bearer front-end", ...headers } },
    );
  }

  test("lists pods and triggers a checkpoint, with credentials, over HTTPS", async () => {
    const pods = await ask("GET", "/pods");
    expect(JSON.parse(pods.text)).toMatchObject({ kind: "PodList", items: [{ metadata: { name: "counter-lab-node" } }] });
    expect(await ask("POST", checkpoint)).toMatchObject({
      status: 200,
      text: expect.stringMatching(/^\{"items":\["\/var\/lib\/kubelet\/checkpoints\//),
    });
    expect(mock.requests()[0]).toMatchObject({ method: "POST", headers: { authorization: "Bearer ***" } });
  });

  test("sees every documented answer of a checkpoint by Prefer", async () => {
    const { operations } = createSpecification("1.36");
    const examples = operations.find(({ operationId }) => operationId === "checkpointContainer")?.examples ?? [];
    // A browser follows redirects before the page sees them.
    const seen = examples.filter(({ name }) => name !== undefined);
    expect(seen.length).toBeGreaterThan(30);
    for (const { code, name, value } of seen) {
      const answer = await ask("POST", checkpoint, { Prefer: `code=${code}, example=${name}` });
      expect(answer).toMatchObject({ status: code, text: typeof value === "string" ? value : JSON.stringify(value) });
    }
  });

  test("reads the headers that say something, and what is wrong with its request", async () => {
    expect(await ask("GET", checkpoint)).toMatchObject({ status: 405, headers: { allow: "POST" } });
    const { headers } = await ask("POST", `${checkpoint}?timeOut=1`);
    expect(headers["mock-violations"]).toContain('did you mean "timeout"?');
  });

  test("follows a log, and talks to a container over a WebSocket", async () => {
    const lines = await page.evaluate(async (url) => {
      const response = await fetch(url, { credentials: "include", headers: { Authorization: "Bearer front-end" } });
      if (!response.body) return "no body";
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (!text.includes("tick 1")) text += (await reader.read()).value ?? "";
      await reader.cancel();
      return text;
    }, `${mock.url}/containerLogs/default/counter-lab-node/counter?follow=true`);
    expect(lines).toContain("tick 0\ntick 1");
    const said = await page.evaluate(
      (url) =>
        new Promise<string>((done, fail) => {
          const socket = new WebSocket(url, ["v4.channel.k8s.io"]);
          socket.binaryType = "arraybuffer";
          socket.addEventListener("error", () => fail(new Error("no WebSocket")));
          socket.addEventListener("message", ({ data }) => {
            const text = new TextDecoder().decode(data as ArrayBuffer);
            if (text.startsWith("\u0001") && text.length > 1) done(text.slice(1));
          });
        }),
      `${mock.url.replace("https", "wss")}/exec/default/counter-lab-node/counter?command=echo&command=hi&output=1`,
    );
    expect(said).toBe("hi\n");
  });

  test("neither reads nor changes what is below /_mock/", async () => {
    const tries = await page.evaluate(async (url) => {
      const outcome = (sent: Promise<Response>): Promise<string> =>
        sent.then(
          ({ type, status }) => `${type} ${status}`,
          () => "refused",
        );
      return {
        read: await outcome(fetch(`${url}/_mock/requests`, { credentials: "include" })),
        put: await outcome(
          fetch(`${url}/_mock/scenario`, {
            method: "PUT",
            body: '{"scenario":"flapping"}',
            headers: { "Content-Type": "application/json" },
          }),
        ),
        clear: await outcome(fetch(`${url}/_mock/requests`, { method: "DELETE" })),
        // Goes out without being asked about, and nothing of the answer is seen.
        form: await outcome(
          fetch(`${url}/_mock/scenario`, { method: "POST", mode: "no-cors", body: new URLSearchParams({ scenario: "flapping" }) }),
        ),
      };
    }, mock.url);
    expect(tries).toEqual({ read: "refused", put: "refused", clear: "refused", form: "opaque 0" });
    expect(mock.scenario).toBeUndefined();
    expect(mock.requests()).not.toEqual([]);
  });
});

describe.skipIf(!canBrowse)("the page at /_mock/", () => {
  for (const [name, options] of Object.entries(views)) {
    test(`${name}: it is accessible and fits the screen`, async () => {
      mock.useScenario("overloaded");
      mock.reset();
      const { page, wrong } = await open(`${mock.url}/_mock/`, options);
      await page.evaluate(async () => {
        await fetch("/checkpoint/default/counter-lab-node/counter?timeout=10s&token=secret", { method: "POST" });
        await fetch(`/containerLogs/default/${"a-very-long-name-".repeat(8)}/counter`);
      });
      await page.getByText("answer 1 of 3").waitFor();
      await takePicture(page, fileURLToPath(new URL(`mock-${name}.png`, pictures)));
      expect(await accessibilityProblems(page)).toEqual([]);
      await openDetails(page);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await look(page)).toMatchObject({
        scrollsSideways: false,
        background: name === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)",
      });
      // Chrome reports that the log's answer is an error, as it should be.
      expect(wrong.filter((text) => !text.includes("429"))).toEqual([]);
      await page.context().close();
    });
  }

  test("switches the scenario and resets, by keyboard and without scripts", async () => {
    mock.useScenario("overloaded");
    const { page } = await open(`${mock.url}/_mock/`, { javaScriptEnabled: false });
    await page.getByLabel("overloaded").focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Switch" }).press("Enter");
    await page.waitForURL(`${mock.url}/_mock/`);
    expect(mock.scenario).toBe("flapping");
    expect(await page.getByLabel("flapping").isChecked()).toBe(true);
    expect(await page.getByLabel("update by itself").isVisible()).toBe(false);
    await page.getByRole("button", { name: /Forget/ }).click();
    await page.getByText("None yet.").waitFor();
    expect(mock.requests()).toEqual([]);
    await page.context().close();
  });

  test("what a request holds is text", async () => {
    mock.useScenario(undefined);
    mock.reset();
    await send(mock, "GET", "/healthz?<script>alert(1)</script>", { headers: { "X-Evil": "<img src=x onerror=alert(1)>\u009b" } });
    const { page, wrong } = await open(`${mock.url}/_mock/`);
    await openDetails(page);
    expect(await page.getByText("<script>").count()).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test("the list of every example is accessible, too", async () => {
    const { page } = await open(`${mock.url}/`, views.narrow);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await look(page)).toMatchObject({ scrollsSideways: false });
    await page.context().close();
  });
});
