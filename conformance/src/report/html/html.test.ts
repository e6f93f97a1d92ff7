import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  accessibilityProblems,
  type Browser,
  type BrowserContextOptions,
  canBrowse,
  countShown,
  launchBrowser,
  look,
  openDetails,
  type Page,
  takePicture,
  views,
} from "@kubelet-conformance/test-browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import type { Report } from "../report.ts";
import { hostile, sampleDifferential, sampleReport } from "../report.support.ts";
import { toHtml } from "./html.ts";

/** Pictures for people, made anew by each run of this test; CONTRIBUTING.md says so. */
const pictures = new URL("../../../test-pictures/", import.meta.url);
const files = await scratch();
let browser: Browser | undefined;
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  if (canBrowse) browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await files.remove();
});

/** The page as it opens from a file, with all that it asked for besides itself, and all that went wrong in it. */
async function open(report: Report, options: BrowserContextOptions = {}): Promise<{ page: Page; asked: string[]; wrong: string[] }> {
  const file = join(files.directory, "report.html");
  await writeFile(file, toHtml(report));
  if (!browser) throw new Error("there is no browser");
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  const wrong: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => wrong.push(message.text()));
  page.on("dialog", (dialog) => wrong.push(dialog.message()));
  await page.goto(pathToFileURL(file).href);
  return { page, asked: asked.filter((url) => url !== pathToFileURL(file).href), wrong };
}

describe.skipIf(!canBrowse)("the HTML report in a browser", () => {
  for (const [name, options] of Object.entries(views)) {
    test(`${name}: it is accessible, fits the screen, and asks nobody for anything`, async () => {
      const { page, asked, wrong } = await open({ ...sampleReport(), differential: sampleDifferential() }, options);
      await takePicture(page, fileURLToPath(new URL(`report-${name}.png`, pictures)));
      expect(await accessibilityProblems(page)).toEqual([]);
      await openDetails(page);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await look(page)).toMatchObject({
        scrollsSideways: false,
        background: name === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)",
      });
      expect({ asked, wrong }).toEqual({ asked: [], wrong: [] });
      await page.context().close();
    });
  }

  test("the filter works without scripts, by mouse and by keyboard", async () => {
    const { page } = await open(sampleReport(), { javaScriptEnabled: false });
    const shown = async (): Promise<string[]> => page.locator("details summary .mark:visible").allTextContents();
    expect(new Set(await shown()).size).toBe(7);
    await page.getByLabel("failed", { exact: true }).check();
    expect(await shown()).toEqual(["failed", "failed"]);
    await page.keyboard.press("ArrowUp");
    expect(await shown()).toEqual(["suite-error"]);
    await page.getByLabel("all that need a reader").check();
    expect(new Set(await shown())).toEqual(new Set(["suite-error", "failed", "known-failure", "warned"]));
    await page.getByRole("group", { name: "Show verdicts" }).getByLabel("all", { exact: true }).check();
    await page.getByLabel("checkpoint", { exact: true }).check();
    expect(await page.locator("details:visible dd:nth-of-type(2)").allTextContents()).not.toContain("core");
    await page.context().close();
  });

  test("a failure is open and says all that an issue needs; a link leads to a requirement", async () => {
    const report = sampleReport();
    const failed = report.results.find(({ verdict }) => verdict === "failed");
    const { page } = await open(report);
    const entry = page.locator(`details[id="${failed?.id}"]`);
    const text = await entry.innerText();
    for (const part of [
      failed?.title ?? "",
      "status 200",
      "404 404 page not found",
      "GET /healthz/ping",
      "HTTP/1.1 404",
      "curl -sSi --path-as-is --http1.1",
      "https://192.0.2.7:10250/healthz/ping",
      `kubelet-conformance run --server https://192.0.2.7:10250 --focus ${failed?.id}`,
    ])
      expect(text).toContain(part);
    expect(await entry.locator("a").first().getAttribute("href")).toMatch(/^https:\/\//);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(
      "kubelet v1.36.4 of node node1 at https://192.0.2.7:10250: not conformant",
    );
    await page.keyboard.press("Tab");
    expect((await look(page)).focused).toBe("Skip to the requirements");
    await page.context().close();
  });

  test("on paper problems are open and controls are gone", async () => {
    const { page } = await open(sampleReport());
    await page.emulateMedia({ media: "print" });
    expect(await countShown(page, "fieldset")).toBe(0);
    expect(await countShown(page, "details.problem .inside")).toBe(5);
    expect(await countShown(page, "details:not(.problem) .inside")).toBe(0);
    await takePicture(page, fileURLToPath(new URL("report-print.png", pictures)));
    await page.context().close();
  });

  test("what a kubelet sends is text: it makes no element, and nothing unprintable", async () => {
    const [tame, wild] = [await open(sampleReport()), await open(sampleReport(hostile))];
    expect((await look(wild.page)).elements).toBe((await look(tame.page)).elements);
    expect(await wild.page.locator("script").count()).toBe(0);
    expect(wild.wrong).toEqual([]);
    expect(toHtml(sampleReport(hostile))).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    await Promise.all([tame, wild].map(({ page }) => page.context().close()));
  });
});
