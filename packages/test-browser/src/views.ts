import type { BrowserContextOptions } from "playwright-core";

/** How a page must look good, by name. */
export const views = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 740 } },
} as const satisfies Record<string, BrowserContextOptions>;
