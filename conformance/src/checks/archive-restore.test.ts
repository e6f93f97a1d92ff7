import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { needBehind } from "./archive-restore.ts";

type Recording = { results: Record<string, string | { create?: string; start?: string }> };

/** What crictl said of an archive; the runtime's own words are in it. */
async function recorded(runtime: string, name: string): Promise<string> {
  const url = new URL(`../../recordings-runtimes/${runtime}.restore.json`, import.meta.url);
  // The shape of the recordings; see their README.
  const { results } = JSON.parse(await readFile(url, "utf8")) as Recording;
  const result = results[name];
  const text = typeof result === "object" ? (result.start ?? result.create ?? "") : "";
  expect(text).toContain("rpc error: code = ");
  return text;
}

describe.each(["containerd-2.1.9-runc", "crio-1.36.3-runc"])("%s", (runtime) => {
  test.each([
    "archive-truncated",
    "archive-garbage",
    "archive-empty",
    "archive-noconfig",
    "archive-nospec",
    "archive-nopages",
    "archive-no-mounts",
  ])("%s is the archive's fault", async (name) => expect(needBehind(await recorded(runtime, name))).toBeUndefined());

  test("a path that is taken for an image's name is the runtime's", async () =>
    expect(needBehind(await recorded(runtime, "archive-absent"))).toBe("restoring-runtime"));
});

test.each([
  [
    "pullable-base-image",
    'rpc error: code = Unknown desc = failed to pull checkpoint base image sha256:37: failed to resolve reference "sha256:37": parse "dummy://sha256:37": invalid port ":37" after host',
  ],
  [
    "pullable-base-image",
    "rpc error: code = Unknown desc = failed to pull checkpoint base image localhost/busybox@sha256:92: failed to resolve reference: connection refused",
  ],
  ["pullable-base-image", "rpc error: code = DeadlineExceeded desc = context deadline exceeded"],
  [
    "restoring-runtime",
    "rpc error: code = Unknown desc = failed to restore containerd task: failed to create shim task: OCI runtime restore failed: unable to retrieve OCI runtime error (open /run/log.json: no such file or directory): /usr/bin/crun did not terminate successfully: exit status 64",
  ],
  ["restoring-runtime", "rpc error: code = Unknown desc = checkpoint/restore support not available"],
])("%s is what lacks", (need, text) => expect(needBehind(text)).toBe(need));
