import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { expectTicking, measurePause, requireTicking } from "./container-log.ts";
import { checkpointAbandoned, checkpointTogether } from "./simultaneous.ts";

/** Whether the container is still at work, read off its log. Nothing else shows it: a frozen one has the status Running. */
export const unharmed = {
  "checkpoint.effect.container-ticks": async (context) => {
    await measurePause(context, () => context.checkpoint());
  },

  "checkpoint.overlap.container-ticks": async (context) => {
    await requireTicking(context);
    const container = context.target.checkpoint ?? blocked();
    await checkpointTogether(context, [container, container]);
    await expectTicking(context, "two checkpoints at once");
  },

  "checkpoint.disconnect.container-ticks": async (context) => {
    await requireTicking(context);
    await checkpointAbandoned(context);
    await expectTicking(context, "the client had gone away");
  },

  "checkpoint.failure.container-ticks": (context) => ticksAfterFailure(context),

  "checkpoint.deadline.container-ticks": (context) => ticksAfterFailure(context),
} satisfies Partial<AreaChecks<"checkpoint">>;

/** After the failure that told what the runtime does: one more would harm the container once more and show no more. */
async function ticksAfterFailure(context: CheckContext): Promise<void> {
  const response = await context.firstCheckpoint();
  if (response.status < 400) throw new Broken("a checkpoint that fails", describeAnswer(response));
  await expectTicking(context, "the failure");
}

function blocked(): never {
  throw new Blocked("checkpoint");
}
