import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { accessibilityProblems, type Browser, canBrowse, launchBrowser, type Page } from "@kubelet-conformance/test-browser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { summarize } from "../src/openapi.ts";
import { specAt } from "../src/index.ts";

describe.skipIf(!canBrowse)("the API page", { timeout: 120_000 }, () => {
  let directory: string;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "page-"));
    const file = join(directory, "api.html");
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, "../scripts/page.ts"), "1.36", file]);
    browser = await launchBrowser();
    // A network that is reachable would hide nothing: requests are counted before they leave.
    page = await (await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } })).newPage();
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(pathToFileURL(file).href);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true });
  });

  const text = (): Promise<string> => page.locator("body").innerText();

  it("breaks no rule of accessibility where it opens, but two of Redoc's own", async () => {
    await expect.poll(text, { timeout: 20_000 }).toContain("What a kubelet of Kubernetes 1.36 answers on its own ports.");
    const problems = (await accessibilityProblems(page)).map(({ rule }) => rule);
    expect(problems.filter((rule) => !["color-contrast", "region"].includes(rule))).toEqual([]);
  });

  it("finds an operation", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("checkpoint");
    await expect.poll(text, { timeout: 20_000 }).toContain("Checkpoint a running container");
    await page.keyboard.press("Escape");
  });

  it("shows every operation of the minor below its area", async () => {
    const document = specAt("1.36");
    for (const area of new Set(summarize(document).map((operation) => operation.area))) {
      await page.getByText(area, { exact: true }).first().click();
      for (const { path, method } of summarize(document).filter((operation) => operation.area === area)) {
        const summary = document.paths[path]?.[method.toLowerCase() as "get"]?.summary; // the summary names what the document has
        await expect.poll(text, { timeout: 20_000 }).toContain(summary ?? path);
      }
    }
  });

  it("asked no network for anything, and said nothing on the console", () => {
    expect(requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
