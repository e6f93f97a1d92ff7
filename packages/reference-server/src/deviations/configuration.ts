import type { Deviation } from "./deviation.ts";
import { configzDeviations } from "./configuration-configz.ts";
import { statuszDeviations } from "./configuration-statusz.ts";
import { flagzDeviations } from "./configuration-flagz.ts";
import type { Id } from "./configuration-matches.ts";

/** What breaks each requirement of `spec/requirements/configuration.yaml`. */
export const configuration: Record<Id, Deviation> = {
  ...configzDeviations,
  ...statuszDeviations,
  ...flagzDeviations,
};
