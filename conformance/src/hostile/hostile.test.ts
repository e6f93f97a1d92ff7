import { createAuthority } from "@kubelet-conformance/control-plane";
import { afterAll, describe, expect, test } from "vitest";
import { scratch } from "../cli/cli.support.ts";
import { bodies } from "./answers-body.ts";
import { framings } from "./answers-framing.ts";
import { heads } from "./answers-head.ts";
import { certificates } from "./certificates.ts";
import { connections } from "./connections.ts";
import { listenElsewhere } from "./elsewhere.support.ts";
import type { Hostile } from "./hostile.ts";
import { http2s } from "./http2.ts";
import { lies } from "./lies.ts";
import { everywhere, later } from "./listen.ts";
import { type Ended, startRunner } from "./run.support.ts";
import { streams } from "./streams.ts";

const canary = "canary-of-the-users-token-8c1f";
const files = await scratch();
const runner = startRunner(files.directory, 5);
const authority = await createAuthority({ commonName: "ca" });
const serving = authority.issue({ commonName: "node", names: ["127.0.0.1"], usage: "server" });
const ca = await files.file("ca.pem", authority.cert);
const token = await files.file("token", canary);
const elsewhere = await listenElsewhere(serving);
afterAll(async () => {
  await runner.close();
  elsewhere.close();
  await files.remove();
});

const answers = Object.entries({ ...bodies, ...heads, ...framings });
/** What does not end is given up after two seconds; in one, a busy machine is not always done with a handshake and the answer that it wants. */
const limitOf = (name: string): { timeout?: number } => (/without end|drip|terabyte/.test(name) ? { timeout: 2 } : {});
const args = [
  "health.main",
  "metrics.format.content-type",
  "metrics.format.gzip-body",
  "metrics.format.protobuf-frames",
  "pods.list.schema",
].flatMap((id) => ["--focus", id]);
const groups: Readonly<Record<string, readonly Hostile[]>> = {
  // First, since some of them take long.
  "what is said": lies,
  connections,
  certificates,
  "every answer": answers.map(([name, answer]) => ({
    name,
    open: (place) => everywhere(place, answer),
    // These are lists of pods, so that it may be a kubelet.
    code: name.startsWith("a pod list") ? 1 : 2,
    args,
    ...limitOf(name),
  })),
  "every answer after discovery": answers.map(([name, answer]) => ({
    name,
    open: (place) => later(place, answer),
    code: 1,
    args,
    ...limitOf(name),
  })),
  "HTTP/2": http2s,
  "upgraded connections": streams,
};

describe.concurrent.each(Object.entries(groups))("ends in good order against a hostile kubelet: %s:", (_group, entries) => {
  test.concurrent.for(entries)("$name", { timeout: 200_000 }, async (entry) => {
    const closers: (() => void)[] = [];
    const server = await entry.open({ serving, authority, elsewhere: elsewhere.url, closers });
    const flags = ["--server", server, "--certificate-authority", ca, "--token-file", token, "--timeout", String(entry.timeout ?? 5)];
    const ended = await runner.run([...flags, ...(entry.args ?? [])], { limitMs: 150_000, alone: entry.alone === true });
    for (const close of closers) close();
    expect(faultsOf(entry, ended)).toEqual([]);
  });
});

test("sends no credentials to other servers", () => {
  expect(elsewhere.arrived.length).toBeGreaterThan(0);
  expect(elsewhere.arrived.filter((line) => line.includes(canary) || /authorization/i.test(line))).toEqual([]);
});

/** All that is wrong with the end of a run. */
function faultsOf({ code, says }: Hostile, { everything, err, out, report, residentMiB, open, ...ended }: Ended): string[] {
  const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
  const faults: [isFault: boolean, text: string][] = [
    [ended.code !== code, `exit code ${ended.code} in place of ${code}: ${out.slice(-1000)} ${err}`],
    [open.length > 0, `left open: ${open.join(", ")}`],
    [residentMiB > 1024, `${residentMiB} MiB of memory`],
    [/internal error|^\s+at .*:\d+:\d+/m.test(everything), `a defect of the runner: ${err}`],
    [
      (report?.summary.suiteError ?? 0) > 0,
      `suite errors: ${JSON.stringify(report?.results.filter(({ verdict }) => verdict === "suite-error"))}`,
    ],
    [unprintable.test(everything), "control characters in the output"],
    [everything.includes(canary), "the user's token in the output"],
    [
      (!report || report.notTested !== undefined) && !/^(report: .+\n)?kubelet-conformance: .{1,400}\n$/.test(err),
      `an error that is not one line: ${err}`,
    ],
    [says !== undefined && !says.test(err), `other words than ${says}: ${err}`],
  ];
  return faults.flatMap(([isFault, text]) => (isFault ? [text] : []));
}
