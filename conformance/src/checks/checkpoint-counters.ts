import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { absentName } from "../engine/variables.ts";
import { samples } from "../target/prometheus.ts";
import type { WireResponse } from "../target/wire.ts";
import { checkpointTarget } from "./simultaneous.ts";

/** What the kubelet counts of checkpoints: `kubelet_runtime_operations_total` and `kubelet_runtime_operations_errors_total`. */
export const counters = {
  "checkpoint.effect.counted": async (context) => {
    const { total } = await growth(context, () => context.checkpoint());
    if (total < 1) throw new Broken("a total that grows", `growth of ${total}`);
  },

  "checkpoint.effect.not-an-error": async (context) => {
    const { errors } = await growth(context, () => context.checkpoint());
    if (errors !== 0) throw new Broken("no more errors", `${errors} more`);
  },

  "checkpoint.effect.refusal-is-not-counted": async (context) => {
    const { checkpoint } = context.target;
    if (!checkpoint) return;
    const target = checkpointTarget({ ...checkpoint, container: absentName });
    expectGrowth(await growth(context, () => context.send({ method: "POST", target })), { total: 0, errors: 0 });
  },

  "checkpoint.timeout.negative-is-counted": async (context) => {
    const actual = await growth(context, () => context.checkpoint("timeout=-1"));
    // A total that never counts, or counts a call that should not have been made, is for others to report.
    expectGrowth(actual, { total: actual.counts ? Math.max(actual.total, 1) : 0, errors: 1 });
  },

  "checkpoint.failure.counted": async (context) => {
    expectGrowth(await growth(context, () => context.checkpoint()), { total: 1, errors: 1 });
  },
} satisfies Partial<AreaChecks<"checkpoint">>;

interface Counts {
  total: number;
  errors: number;
}

/** How much both have grown, and whether the total counts checkpoints at all. */
async function growth(context: CheckContext, action: () => Promise<WireResponse>): Promise<Counts & { counts: boolean }> {
  const before = await counts(context);
  await action();
  const after = await counts(context);
  return { total: after.total - before.total, errors: after.errors - before.errors, counts: after.total > 0 };
}

/** 0 while the kubelet has counted none. */
async function counts(context: CheckContext): Promise<Counts> {
  const metrics = (await context.send({ target: "/metrics" })).body.toString();
  const of = (family: string): number =>
    samples(metrics, family).find(({ labels }) => labels["operation_type"] === "checkpoint_container")?.value ?? 0;
  return { total: of("kubelet_runtime_operations_total"), errors: of("kubelet_runtime_operations_errors_total") };
}

function expectGrowth(actual: Counts, wanted: Counts): void {
  if (actual.total === wanted.total && actual.errors === wanted.errors) return;
  const text = ({ total, errors }: Counts): string => `growth of the total by ${total} and of the errors by ${errors}`;
  throw new Broken(text(wanted), text(actual));
}
