import type { Deviation } from "./deviation.ts";
import { pathsDeviations } from "./routing-paths.ts";
import { methodsDeviations } from "./routing-methods.ts";
import { representationsDeviations } from "./routing-representations.ts";
import { targetsDeviations } from "./routing-targets.ts";
import type { Id } from "./routing-matches.ts";

/** What breaks each requirement of `spec/requirements/routing.yaml`. */
export const routing: Record<Id, Deviation> = {
  ...pathsDeviations,
  ...methodsDeviations,
  ...representationsDeviations,
  ...targetsDeviations,
};
