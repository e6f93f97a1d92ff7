import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { quoted } from "../engine/text.ts";
import type { ContainerReference } from "../target/target.ts";
import { checkpointAbandoned, checkpointTogether, pathIn } from "./simultaneous.ts";

/** Calls that overlap, and calls whose client goes away. */
export const overlap = {
  "checkpoint.overlap.both-asked": async (context) => {
    const { calls } = await checkpointTogether(context, [first(context), first(context)]);
    if (calls.length < 2) throw new Broken("two calls to the runtime", String(calls.length));
  },

  "checkpoint.overlap.same-location": async (context) => {
    // Two calls that begin at once may still begin in two seconds; three pairs do not.
    let names: string[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      const { calls, responses } = await checkpointTogether(context, [first(context), first(context)]);
      const asked = distinct(calls.map(({ location }) => location));
      const answered = distinct(responses.flatMap((response) => pathIn(response) ?? []));
      if (asked.length <= 1 && answered.length <= 1) return;
      names = asked.length > 1 ? asked : answered;
    }
    throw new Broken("one location for both", names.map(quoted).join(", "));
  },

  "checkpoint.overlap.other-container": async (context) => {
    const containers = both(context);
    const { responses } = await checkpointTogether(context, containers);
    const paths = containers.map(({ container }, index) => {
      const response = responses[index];
      return pathIn(response) ?? fail(`an archive of container ${container}`, response ? describeAnswer(response) : "no answer");
    });
    // Without their times: it is the containers that must tell them apart.
    const names = distinct(paths.map((path) => path.replace(/-\d{4}-\d\d-\d\dT[^/]*$/, "")));
    if (names.length < 2) fail("an archive of each container", paths.map(quoted).join(" and "));
  },

  "checkpoint.overlap.independent": async (context) => {
    const { together } = await checkpointTogether(context, both(context));
    if (together !== 2) throw new Broken("both calls at the runtime at the same time", `${together} of them`);
  },

  "checkpoint.disconnect.cancels": async (context) => {
    const { call, wasCancelled } = await checkpointAbandoned(context);
    if (!call) throw new Broken("a call to the runtime", "none");
    if (!wasCancelled) throw new Broken("a call that is cancelled", "one that goes on");
  },
} satisfies Partial<AreaChecks<"checkpoint">>;

function first({ target }: CheckContext): ContainerReference {
  if (!target.checkpoint) throw new Blocked("checkpoint");
  return target.checkpoint;
}

function both(context: CheckContext): ContainerReference[] {
  if (!context.target.second) throw new Blocked("second-container");
  return [first(context), context.target.second];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function fail(expected: string, actual: string): never {
  throw new Broken(expected, actual);
}
