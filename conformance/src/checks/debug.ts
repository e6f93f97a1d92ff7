import { mediaTypeOf } from "@kubelet-conformance/exchange";
import { gunzipSync } from "node:zlib";
import { answerClass, isOfClass } from "../engine/answers.ts";
import { type AreaChecks, Broken } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { headerOf, type WireResponse } from "../target/wire.ts";

/** Profiles by name, and a word of each one's own in its protocol buffer. */
const profiles = {
  allocs: "alloc_space",
  block: "contentions",
  goroutine: "goroutine",
  heap: "inuse_space",
  mutex: "contentions",
  threadcreate: "threadcreate",
} as const;

/** A second is the shortest that a kubelet profiles. */
const profileTimeoutMs = 20_000;

/** `spec/requirements/debug.yaml`, the requirements that take more than one exchange, time, or a look inside. */
export const debug: AreaChecks<"debug"> = {
  "debug.pprof.binary": async (context) => {
    for (const [name, word] of Object.entries(profiles)) {
      const response = await context.send({ target: `/debug/pprof/${name}` });
      expectProfile(response, `/debug/pprof/${name}`, word);
    }
  },

  "debug.pprof.bad-seconds": async (context) => {
    for (const seconds of ["x", "0", "-1", "1.5"]) {
      const response = await context.send({ target: `/debug/pprof/mutex?seconds=${seconds}` });
      if (response.status !== 400) throw new Broken(`seconds=${seconds} to be answered with 400`, describeAnswer(response));
      const wanted = 'invalid value for "seconds" - must be a positive integer\n';
      if (response.body.toString() !== wanted) context.warn(`the text ${JSON.stringify(wanted)}`, describeAnswer(response));
    }
  },

  "debug.pprof.delta": async (context) => {
    const startedAt = performance.now();
    const response = await context.send({ target: "/debug/pprof/mutex?seconds=1", timeoutMs: profileTimeoutMs });
    expectProfile(response, "/debug/pprof/mutex?seconds=1", "contentions");
    expectFileName(response, "mutex-delta");
    expectDuration(startedAt);
  },

  "debug.pprof.profile": async (context) => {
    const startedAt = performance.now();
    const ask = (): Promise<WireResponse> => context.send({ target: "/debug/pprof/profile?seconds=1", timeoutMs: profileTimeoutMs });
    const answers = await Promise.all([ask(), ask()]);
    const [profile, refused] = answers.toSorted((a, b) => a.status - b.status);
    if (!profile || !refused) throw new Error("two requests have two answers");
    if (isBusy(profile)) context.notApplicable("somebody else is profiling this kubelet");
    expectProfile(profile, "/debug/pprof/profile?seconds=1", "nanoseconds");
    expectFileName(profile, "profile");
    expectDuration(startedAt);
    if (!isBusy(refused)) throw new Broken("one of two CPU profiles at once to be refused with 500", describeAnswer(refused));
  },

  "debug.pprof.trace": async (context) => {
    const response = await context.send({ target: "/debug/pprof/trace?seconds=0.01", timeoutMs: profileTimeoutMs });
    if (isBusy(response)) context.notApplicable("somebody else is tracing this kubelet");
    if (response.status !== 200 || !/^go 1\.\d\d trace\0\0\0/.test(response.body.toString("latin1"))) {
      throw new Broken("200 and a trace that begins with its Go version", describeAnswer(response));
    }
    expectFileName(response, "trace");
  },

  "debug.pprof.methods": async (context) => {
    for (const method of ["POST", "PUT", "DELETE", "HEAD"]) {
      const response = await context.send({ method, target: "/debug/pprof/mutex?debug=1" });
      if (response.status !== 405 || headerOf(response, "allow") !== "GET") {
        throw new Broken(`${method} to be answered with 405 and Allow: GET`, describeAnswer(response));
      }
    }
  },

  "debug.pprof.handler-off": async (context) => {
    for (const target of ["/debug/pprof/cmdline", "/debug/pprof/heap?debug=1", "/debug/pprof/"]) {
      for (const method of ["GET", "POST"]) {
        const response = await context.send({ method, target });
        if (response.status !== 405 || headerOf(response, "allow") !== undefined) {
          throw new Broken(`${method} ${target} to be answered with 405 and no Allow`, describeAnswer(response));
        }
      }
    }
  },

  "debug.flags.methods": async (context) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      const response = await context.send({ method, target: "/debug/flags/v" });
      if (response.status !== 406) throw new Broken(`${method} /debug/flags/v to be answered with 406`, describeAnswer(response));
    }
  },

  "debug.other.go-defaults": async (context) => {
    for (const target of ["/debug", "/debug/", "/debug/vars", "/debug/requests", "/debug/events"]) {
      const response = await context.send({ target, client: "none" });
      if (!isOfClass(answerClass("route-missing"), response)) throw new Broken(`${target} to be no route`, describeAnswer(response));
    }
  },
};

function expectProfile(response: WireResponse, target: string, word: string): void {
  const type = mediaTypeOf(headerOf(response, "content-type"));
  if (response.status !== 200 || type !== "application/octet-stream") {
    throw new Broken(`${target} to be answered with 200 and application/octet-stream`, describeAnswer(response));
  }
  let content: Buffer;
  try {
    content = gunzipSync(response.body, { maxOutputLength: 1 << 26 });
  } catch {
    throw new Broken(`${target} to be compressed with gzip`, `${response.body.length} bytes that are not`);
  }
  if (!content.includes(word)) throw new Broken(`a profile with "${word}" in it`, `${content.length} bytes without`);
}

function expectFileName(response: WireResponse, name: string): void {
  const wanted = `attachment; filename="${name}"`;
  const actual = headerOf(response, "content-disposition");
  if (actual !== wanted) throw new Broken(`Content-Disposition: ${wanted}`, actual ?? "no such header");
}

/** A second was asked for; clocks may differ by a little. */
function expectDuration(startedAt: number): void {
  const tookMs = performance.now() - startedAt;
  if (tookMs < 900) throw new Broken("an answer after one second", `one after ${Math.round(tookMs)} ms`);
}

function isBusy({ status, body }: WireResponse): boolean {
  return status === 500 && /^Could not enable (CPU profiling|tracing): .*already/.test(body.toString());
}
