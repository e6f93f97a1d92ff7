import type { Deviation } from "./deviation.ts";
import { answersDeviations } from "./checkpoint-answers.ts";
import { timeoutsDeviations } from "./checkpoint-timeouts.ts";
import { requestsDeviations } from "./checkpoint-requests.ts";
import { effectsDeviations } from "./checkpoint-effects.ts";
import { podLevelDeviations } from "./checkpoint-pod-level.ts";
import type { Id } from "./checkpoint-matches.ts";

/** What breaks each requirement of `spec/requirements/checkpoint.yaml`. */
export const checkpoint: Record<Id, Deviation> = {
  ...answersDeviations,
  ...timeoutsDeviations,
  ...requestsDeviations,
  ...effectsDeviations,
  ...podLevelDeviations,
};
