import { changing, matchesRequest } from "./alter.ts";
import { posted } from "./checkpoint-matches.ts";
import type { Id } from "./checkpoint-matches.ts";
import type { Deviation } from "./deviation.ts";

const scraped = { listener: "main", path: "/metrics", status: 200 } as const;

/** What breaks the drafts about checkpoints of whole pods. */
export const podLevelDeviations = {
  "checkpoint.pod-level.gate": {
    summary: "has the alpha feature gate PodLevelCheckpointRestore as a beta one",
    http: changing(scraped, {
      body: (body) => `${body}kubernetes_feature_enabled{name="PodLevelCheckpointRestore",stage="BETA"} 1\n`,
    }),
  },
  "checkpoint.pod-level.no-endpoint": { summary: "makes a checkpoint of the whole pod for each of a container", http: countingPods() },
} satisfies Partial<Record<Id, Deviation>>;

/** A runtime operation more for each checkpoint that succeeds. */
function countingPods(): NonNullable<Deviation["http"]> {
  let made = 0;
  const metrics = changing(scraped, {
    body: (body) => (made === 0 ? body : `${body}kubelet_runtime_operations_total{operation_type="checkpoint_pod"} ${made}\n`),
  });
  return async (request, next) => {
    const answer = await metrics(request, next);
    if (matchesRequest(posted, request) && answer.status === 200) made += 1;
    return answer;
  };
}
