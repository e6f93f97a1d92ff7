import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { samples } from "../target/prometheus.ts";

/** Drafts of KEP-5823, checkpoints of whole pods, as far as a kubelet shows them. */
export const podLevel = {
  "checkpoint.pod-level.gate": async (context) => {
    const gate = samples(await metrics(context), "kubernetes_feature_enabled").find(({ labels }) => labels["name"] === gateName);
    if (!gate) return context.notApplicable(`this kubelet does not know the feature gate ${gateName}`);
    const stage = gate.labels["stage"] ?? "";
    if (stage !== "ALPHA") throw new Broken(`the feature gate ${gateName} in stage ALPHA`, `stage ${stage || "of no name"}`);
  },

  "checkpoint.pod-level.no-endpoint": async (context) => {
    const before = await podCheckpoints(context);
    await context.checkpoint();
    const made = (await podCheckpoints(context)) - before;
    if (made !== 0) throw new Broken("no checkpoint of a pod", `${made} in kubelet_runtime_operations_total`);
  },
} satisfies Partial<AreaChecks<"checkpoint">>;

const gateName = "PodLevelCheckpointRestore";

async function podCheckpoints(context: CheckContext): Promise<number> {
  const counted = samples(await metrics(context), "kubelet_runtime_operations_total");
  return counted.find(({ labels }) => labels["operation_type"] === "checkpoint_pod")?.value ?? 0;
}

/** Asked for anew each time: it counts. */
async function metrics(context: CheckContext): Promise<string> {
  const response = await context.send({ target: "/metrics" });
  if (response.status !== 200) throw new Broken("metrics to read", describeAnswer(response));
  return response.body.toString();
}
