import { setTimeout as delay } from "node:timers/promises";
import { Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { gapsOf, type LogTimes, logTarget, logTimes, median } from "../target/container-log.ts";

/** The end of the opted-in container's log. Blocked when it cannot be read, as while the runtime is down. */
export async function readLog(context: CheckContext): Promise<LogTimes> {
  const { checkpoint } = context.target;
  if (!checkpoint) throw new Blocked("checkpoint");
  return logTimes(await context.send({ target: logTarget(checkpoint) })) ?? fail(new Blocked("ticking-container"));
}

/** Waits for a line that is not there yet; returns the log with it, or undefined when none comes in time. */
async function nextLine(context: CheckContext): Promise<LogTimes | undefined> {
  const limit = context.target.longestSilenceMs ?? fail(new Blocked("ticking-container"));
  const end = performance.now() + limit;
  const before = (await readLog(context)).at(-1) ?? 0;
  while (performance.now() < end) {
    await delay(Math.min(Math.max(limit / 40, 25), 250), undefined, { signal: context.signal });
    const times = await readLog(context);
    if ((times.at(-1) ?? 0) > before) return times;
  }
  return undefined;
}

/** The container is at work; if not, another requirement says since when. */
export async function requireTicking(context: CheckContext): Promise<void> {
  if (!(await nextLine(context))) throw new Blocked("ticking-container");
}

/** Fails the requirement when the log has stopped growing. */
export async function expectTicking(context: CheckContext, since: string): Promise<LogTimes> {
  const times = await nextLine(context);
  if (times) return times;
  const silence = `no line for ${(context.target.longestSilenceMs ?? 0) / 1000} s after ${since}`;
  throw new Broken(
    "a log that goes on growing",
    `${silence}; a container that stays frozen is thawed by hand, e.g. with ctr -n k8s.io tasks resume ID`,
  );
}

/** Does something and takes its pause from the container's own times: its longest silence from then on, less its usual one. */
export async function measurePause(context: CheckContext, action: () => Promise<unknown>): Promise<LogTimes> {
  const before = await readLog(context);
  await action();
  const after = await expectTicking(context, "the answer");
  const usual = median(gapsOf(after));
  const since = after.filter((time) => time >= (before.at(-1) ?? 0));
  context.measure("usualSilenceMs", usual);
  context.measure("pauseMs", Math.max(0, Math.max(...gapsOf(since), 0) - usual));
  return after;
}

function fail(error: Error): never {
  throw error;
}
