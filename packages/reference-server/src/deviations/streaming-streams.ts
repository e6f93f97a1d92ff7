import type { Deviation } from "./deviation.ts";

export const streamDeviations: Record<string, Deviation> = {};
