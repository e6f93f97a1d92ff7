import axe from "axe-core";
import type { Page } from "playwright-core";

/** A rule of axe that a page breaks: https://dequeuniversity.com/rules/axe. */
export interface AccessibilityProblem {
  rule: string;
  help: string;
  /** Selectors of the elements. */
  where: string[];
}

/** What is wrong with a page as it is shown now, by the rules for WCAG 2.2 AA and good practice. */
export async function accessibilityProblems(page: Page): Promise<AccessibilityProblem[]> {
  // As the debugger, not as the page: its own security policy may forbid scripts.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // The line above has put it there.
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await inPage.run();
    return violations.map(({ id, help, nodes }) => ({ rule: id, help, where: nodes.map(({ target }) => target.join(" ")) }));
  });
}
