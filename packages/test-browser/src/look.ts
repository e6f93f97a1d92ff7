import type { Page } from "playwright-core";

/** What a page looks like now, in figures. */
export interface Look {
  /** Wider than the window. */
  scrollsSideways: boolean;
  /** Of the body, as `rgb(255, 255, 255)`. */
  background: string;
  /** Elements of the document. */
  elements: number;
  /** Text of the element that has the focus, its beginning. */
  focused: string;
}

export function look(page: Page): Promise<Look> {
  return page.evaluate(() => ({
    scrollsSideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    background: getComputedStyle(document.body).backgroundColor,
    elements: document.querySelectorAll("*").length,
    focused: document.activeElement?.textContent.trim().slice(0, 80) ?? "",
  }));
}

/** Opens every `details` element. */
export async function openDetails(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
}

/** So many elements are shown, those not counted whose content is skipped because something around them is closed. */
export function countShown(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) => [...document.querySelectorAll(wanted)].filter((element) => element.checkVisibility({ contentVisibilityAuto: true })).length,
    selector,
  );
}

/** Writes a picture of the whole page. On a busy machine the browser now and then has no frame to show, and the next call has. */
export async function takePicture(page: Page, path: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await page.screenshot({ path, fullPage: true });
      return;
    } catch (error) {
      if (attempt === 10 || !String(error).includes("Unable to capture screenshot")) throw error;
    }
  }
}
