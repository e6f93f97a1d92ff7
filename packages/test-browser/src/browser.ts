import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

/** The browser that the package brings is for this platform alone. */
export const canBrowse = process.platform === "linux" && process.arch === "x64";

/** Starts the browser; close it when the tests are over. It is unpacked once, which takes seconds and 260 MB. */
export async function launchBrowser(): Promise<Browser> {
  // As root there is no other way; the pages are our own.
  return driver.launch({
    executablePath: await unpacked(),
    args: ["--no-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none"],
  });
}

const home = fileURLToPath(new URL("../node_modules/.cache/browser", import.meta.url));

/**
 * The package unpacks to fixed names in the temporary directory, and takes what it finds there for its own. Several tests may come at once, and the
 * directory is everybody's: so it is unpacked to a place of its own first, and moved as a whole.
 */
async function unpacked(): Promise<string> {
  const program = join(home, "chromium");
  if (existsSync(program)) return program;
  await mkdir(dirname(home), { recursive: true });
  const place = await mkdtemp(`${home}-`);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = place;
  try {
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  await rename(place, home).catch((error: unknown) => {
    // Somebody else was faster.
    if (!existsSync(program)) throw error;
  });
  await rm(place, { recursive: true, force: true });
  return program;
}
