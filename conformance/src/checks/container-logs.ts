import { answerClass, isOfClass } from "../engine/answers.ts";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { outlined } from "../engine/text.ts";
import { logPath } from "../target/container-log.ts";
import type { ContainerReference } from "../target/target.ts";
import type { WireResponse } from "../target/wire.ts";
import { readLog } from "./container-log.ts";
import { findPod, podsOf } from "./kubelet-state.ts";
import { firstTimeOf, millisecondsOf, nanosOf, splitTimes } from "./log-lines.ts";
import { longLines } from "./long-lines.ts";

/** `spec/requirements/container-logs.yaml`: what compares answers with each other, and followed logs. */
export const containerLogs: AreaChecks<"container-logs"> = {
  "container-logs.previous.ended": async (context) => {
    const { ended } = context.target;
    const pod = findPod(await podsOf(context), ended);
    const status = pod?.status?.initContainerStatuses?.find(({ name }) => name === ended?.container);
    if (status?.restartCount !== 0) context.notApplicable(`container ${ended?.container} may have been started more than once`);
    const response = await ask(context, ended, "previous=true");
    if (!isOfClass(answerClass("no-previous-instance"), response)) {
      throw new Broken('an answer of class "no-previous-instance"', describeAnswer(response));
    }
  },

  "container-logs.previous.log": async (context: CheckContext) => {
    const { restarted } = context.target;
    const pod = findPod(await podsOf(context), restarted);
    const status = pod?.status?.containerStatuses?.find(({ name }) => name === restarted?.container);
    const started = Date.parse(String(status?.state?.running?.startedAt));
    if (Number.isNaN(started)) context.notApplicable(`container ${restarted?.container} does not run any more`);
    const response = await ask(context, restarted, "previous=true&timestamps=true");
    if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
    const text = response.body.toString();
    // The kubelet removes instances in its own time.
    if (text.startsWith("unable to retrieve container logs for ")) context.notApplicable("the previous instance is gone");
    const last = splitTimes(text).at(-1)?.time;
    if (last === undefined) context.notApplicable("the previous instance has no log");
    // The start is told in whole seconds.
    const time = millisecondsOf(last);
    if (time >= started + 1_000) throw new Broken(`lines from before ${new Date(started).toISOString()}`, `one of ${last}`);
  },

  "container-logs.tail.last": async (context) => {
    const whole = await wholeLog(context);
    const end = await endedLog(context, "tailLines=1");
    const isOneLine = !end.slice(0, -1).includes("\n");
    if (!whole.endsWith(end) || !isOneLine || (end === "" && whole !== ""))
      throw new Broken("the last line of the log, or its end", outlined(end));
  },

  "container-logs.tail.all": (context) => expectWhole(context, "tailLines=1000000"),

  "container-logs.limit.bytes": async (context) => {
    const whole = Buffer.from(await wholeLog(context), "latin1");
    if (whole.length < 2) context.notApplicable("the log of the ended container has less than two bytes");
    for (const bytes of [1, whole.length - 1]) {
      const part = await endedLog(context, `limitBytes=${bytes}`);
      if (part !== whole.toString("latin1", 0, bytes))
        throw new Broken(`the first ${bytes} bytes of the log`, outlined(part, whole.toString("latin1", 0, bytes)));
    }
  },

  "container-logs.limit.follow": async (context) => {
    const whole = await wholeLog(context);
    if (whole === "") context.notApplicable("the log of the ended container is empty");
    const part = await endedLog(context, "follow=true&limitBytes=1");
    if (part !== whole.slice(0, 1)) throw new Broken("the first byte of the log", outlined(part, whole.slice(0, 1)));
  },

  "container-logs.timestamps.format": async (context) => {
    const whole = await wholeLog(context);
    const timed = await endedLog(context, "timestamps=true");
    const lines = splitTimes(timed);
    const odd = lines.find(({ time }) => time === undefined);
    if (odd) throw new Broken("a time with nine digits of a second and a space before each line", outlined(odd.text));
    const bare = lines.map(({ text }) => text).join("");
    if (bare !== whole) throw new Broken("the log itself behind the times", outlined(bare, whole));
  },

  "container-logs.since.time": async (context: CheckContext) => {
    const lines = splitTimes(await endedLog(context, "timestamps=true"));
    const last = lines.at(-1)?.time;
    if (last === undefined) context.notApplicable("the log of the ended container has no lines with times");
    // Parts of a long line have times of their own, which do not show.
    if (lines.some(({ text }) => text.length > 8192)) context.notApplicable("the log of the ended container has very long lines");
    const wanted = lines.filter(({ time }) => time !== undefined && nanosOf(time) >= nanosOf(last)).map(({ text }) => text);
    const found = await endedLog(context, `sinceTime=${encodeURIComponent(last)}`);
    if (found !== wanted.join(""))
      throw new Broken(`the lines from ${last} on: ${outlined(wanted.join(""))}`, outlined(found, wanted.join("")));
  },

  "container-logs.since.seconds": (context) => expectWhole(context, "sinceSeconds=3153600000"),

  "container-logs.follow.ended": (context) => expectWhole(context, "follow=true"),

  "container-logs.follow.head": async (context) => {
    const { running } = context.target;
    const response = await context.send({
      target: `${pathOf(running, "pod")}?follow=true&sinceTime=2999-01-01T00:00:00Z`,
      until: () => true,
    });
    if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
  },

  "container-logs.follow.lines": async (context) => {
    await follow(context, "follow=true&tailLines=0");
  },

  "container-logs.follow.tail": async (context) => {
    const before = (await readLog(context)).at(-1) ?? 0;
    const first = firstTimeOf(await follow(context, "follow=true&tailLines=1&timestamps=true"));
    if (first === undefined || first < before) {
      const found = first === undefined ? "a line without a time" : `a line of ${new Date(first).toISOString()}`;
      throw new Broken(`the last line, which is not older than ${new Date(before).toISOString()}`, found);
    }
  },

  "container-logs.follow.rotation": async (context) => {
    // Not the container whose log other checks wait for.
    const { second, runtime } = context.target;
    if (!second || !runtime) throw new Blocked("runtime-double");
    const begun = Promise.withResolvers<void>();
    let rotatedAt = Number.POSITIVE_INFINITY;
    const following = context.send({
      target: `${logPath(second)}?follow=true&tailLines=1&timestamps=true`,
      // In a testbed it writes every second.
      timeoutMs: 5_000,
      until: (body) => {
        // With the first line the kubelet has the file open; the head of the answer comes before.
        if (body.includes("\n")) begun.resolve();
        return splitTimes(body.toString("latin1")).some(({ time }) => time !== undefined && millisecondsOf(time) > rotatedAt);
      },
    });
    await Promise.race([begun.promise, following]);
    const rotating = runtime.rotateLog(second).then(() => (rotatedAt = Date.now()));
    const [response] = await Promise.all([following, rotating]);
    if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
  },

  ...longLines,

  "container-logs.stream.parts": async (context) => {
    const [all = "", out = "", err = ""] = await streams(context);
    const linesOf = (text: string): string[] => text.split(/(?<=\n)/).toSorted();
    if (linesOf(all).join("") === [...linesOf(out), ...linesOf(err)].toSorted().join("")) return;
    throw new Broken(`what both streams printed: ${outlined(all)}`, `${outlined(out)} and ${outlined(err)}`);
  },

  "container-logs.stream.limit": async (context) => {
    const [, out = "", err = ""] = await streams(context);
    const [name, text] = err === "" ? ["Stdout", out] : ["Stderr", err];
    if (text === "") context.notApplicable("the log of the ended container is empty");
    const part = await endedLog(context, `stream=${name}&limitBytes=${text.length}`);
    if (part !== text) throw new Broken(`all ${text.length} bytes of ${name}`, outlined(part, text));
  },
};

function pathOf(container: ContainerReference | undefined, need: string): string {
  if (!container) throw new Blocked(need);
  return logPath(container);
}

function ask(context: CheckContext, container: ContainerReference | undefined, query: string): Promise<WireResponse> {
  return context.send({ target: `${pathOf(container, "ended-container")}?${query}`, headers: { Accept: "*/*" } });
}

/** The log of the ended container under a query, one character a byte. */
async function endedLog(context: CheckContext, query: string): Promise<string> {
  const response = await ask(context, context.target.ended, query);
  if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
  return response.body.toString("latin1");
}

/** All of it; nothing writes there any more. */
function wholeLog(context: CheckContext): Promise<string> {
  return endedLog(context, "previous=false");
}

async function expectWhole(context: CheckContext, query: string): Promise<void> {
  const whole = await wholeLog(context);
  const found = await endedLog(context, query);
  if (found !== whole) throw new Broken(`the whole log of ${whole.length} bytes`, outlined(found, whole));
}

function streams(context: CheckContext): Promise<string[]> {
  return Promise.all(["All", "Stdout", "Stderr"].map((stream) => endedLog(context, `stream=${stream}`)));
}

/** The first two lines of a followed log, which never ends by itself. */
async function follow(context: CheckContext, query: string): Promise<string> {
  const { checkpoint, longestSilenceMs } = context.target;
  if (longestSilenceMs === undefined) throw new Blocked("ticking-container");
  const response = await context.send({
    target: `${pathOf(checkpoint, "checkpoint")}?${query}`,
    until: (body) => body.toString("latin1").split("\n").length > 2,
    timeoutMs: 2 * longestSilenceMs + 1_000,
  });
  if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
  return response.body.toString();
}
