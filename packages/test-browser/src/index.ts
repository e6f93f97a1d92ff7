/** A headless browser for the tests of this workspace's pages. */
export { accessibilityProblems, type AccessibilityProblem } from "./accessibility.ts";
export { canBrowse, launchBrowser } from "./browser.ts";
export { countShown, look, type Look, openDetails, takePicture } from "./look.ts";
export { views } from "./views.ts";
export type { Browser, BrowserContextOptions, Page } from "playwright-core";
