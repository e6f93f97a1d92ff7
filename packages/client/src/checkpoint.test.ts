import { describe, expect, test } from "vitest";
import { adminOf, counter, startTestKubelet } from "./kubelet.test.support.ts";
import { serve } from "./server.test.support.ts";

test.each(["1.25", "1.30", "1.37"])("a checkpoint on a kubelet %s", async (kubernetesVersion) => {
  const overrides = { featureGates: { ContainerCheckpoint: true } };
  const kubelet = await startTestKubelet({ kubernetesVersion, overrides });
  const client = await adminOf(kubelet);
  const outcome = await client.checkpoint({ ...counter, timeout: 10 });
  // Narrowing by class is what the union is for.
  if (outcome.class !== "created") throw new Error(outcome.advice);
  expect(outcome.archives).toEqual([
    expect.stringContaining(`${kubelet.rootDirectory}/checkpoints/checkpoint-sample-node_default-counter-`),
  ]);
  expect(await client.checkpoint({ ...counter, namespace: "other" })).toMatchObject({ class: "unknown-pod", owner: "client", status: 404 });
  expect(await client.checkpoint({ ...counter, container: "x" })).toMatchObject({ class: "unknown-container", status: 404 });
  expect(await client.checkpoint({ ...counter, container: "waiting" })).toMatchObject({ class: "not-running", code: "none", status: 500 });
  expect(await client.checkpoint({ ...counter, timeout: -1 })).toMatchObject({ class: "negative-timeout" });
});

test("without the gate there is no such route", async () => {
  const client = await adminOf(await startTestKubelet({ overrides: { featureGates: { ContainerCheckpoint: false } } }));
  expect(await client.checkpoint(counter)).toMatchObject({ class: "gate-off", owner: "cluster-administrator", status: 404 });
});

const failed = (error: string) => `checkpointing of a/b/c failed (${error})`;

describe("an answer", () => {
  test.each([
    [500, failed("rpc error: code = Unimplemented desc = method CheckpointContainer not implemented"), "unimplemented", "runtime"],
    [500, failed("rpc error: code = DeadlineExceeded desc = context deadline exceeded"), "timeout", "node"],
    [500, failed("rpc error: code = Internal desc = surprise"), "unclassified", "unknown"],
    [401, "Unauthorized", "not-authenticated", "client"],
    [503, "", "kubelet-unreachable", "node"],
    [307, "", "redirect", "client"],
    [200, "", "malformed-answer", "kubelet"],
    [200, '{"items":["/a"b.tar"]}', "malformed-answer", "kubelet"],
    [200, '{"items":["/a.tar",1]}', "malformed-answer", "kubelet"],
  ])("of %i with %j is %s, for the %s to act", async (status, text, name, owner) => {
    const { client, asked } = await serve((_request, response) => void response.writeHead(status).end(text));
    const outcome = await (await client()).checkpoint({ namespace: "a", pod: "b", container: "c" });
    expect(outcome).toMatchObject({ class: name, owner, status, advice: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(asked).toEqual([{ url: "POST /checkpoint/a/b/c", authorization: "Bearer secret-token" }]);
  });

  test("of several archives names them all", async () => {
    const { client } = await serve((_request, response) => void response.end('{"items":["/a.tar","/b.tar"]}'));
    const outcome = await (await client()).checkpoint({ namespace: "a", pod: "b", container: "c", timeout: 5 });
    expect(outcome).toMatchObject({ class: "created", archives: ["/a.tar", "/b.tar"] });
  });

  test("that does not come rejects", async () => {
    const { client } = await serve(() => {});
    const waiting = (await client()).checkpoint({ namespace: "a", pod: "b", container: "c", timeoutMs: 20 });
    await expect(waiting).rejects.toMatchObject({ code: "timeout", operation: "checkpointContainer" });
  });
});
