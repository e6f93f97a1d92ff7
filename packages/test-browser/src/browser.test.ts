import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, canBrowse, type Browser, launchBrowser } from "./index.ts";

let browser: Browser;
beforeAll(async () => {
  if (canBrowse) browser = await launchBrowser();
}, 120_000);
afterAll(() => browser?.close());

test.skipIf(!canBrowse)("the browser shows a page, and tells what is wrong with it", async () => {
  const page = await browser.newPage();
  await page.setContent(`<html lang="en"><title>t</title><main><h1>Hello</h1><img src="data:,"></main></html>`);
  expect(await page.textContent("h1")).toBe("Hello");
  expect(await accessibilityProblems(page)).toEqual([{ rule: "image-alt", help: expect.any(String), where: ["img"] }]);
  await page.close();
});
