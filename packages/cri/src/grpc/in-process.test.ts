import { writeFile } from "node:fs/promises";
import { Code, ConnectError, createRouterTransport, createServiceImplSpec } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { runtimeClient } from "../client.ts";
import { RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { inProcessTransport } from "./in-process.ts";

const kept = { labels: { a: "b" } };
const implementation = {
  version: () => ({ runtimeName: "double" }),
  listContainers: () => ({ containers: [kept] }),
  async startContainer() {
    await writeFile("/absent/log", "").catch((cause: unknown) => {
      throw new ConnectError("no log", Code.Unknown, undefined, undefined, cause);
    });
    return {};
  },
  async stopContainer() {
    await new Promise<never>(() => {});
    return {};
  },
};

function client(onWhole: () => void = () => {}) {
  return runtimeClient(
    inProcessTransport([createServiceImplSpec<typeof RuntimeService>(RuntimeService, implementation)], [], () => {
      onWhole();
      return createRouterTransport((router) => router.service(RuntimeService, implementation));
    }),
  ).runtime;
}

test("a plain call does without HTTP, one with a deadline has it kept", async () => {
  let made = 0;
  const runtime = client(() => made++);
  expect((await runtime.version({})).runtimeName).toBe("double");
  expect(made).toBe(0);
  await expect(runtime.stopContainer({}, { timeoutMs: 10 })).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  await expect(runtime.stopContainer({}, { timeoutMs: 10 })).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  expect(made).toBe(1);
});

test("an answer is the caller's own", async () => {
  const runtime = client();
  const { containers } = await runtime.listContainers({});
  for (const { labels } of containers) labels["a"] = "c";
  expect((await runtime.listContainers({})).containers[0]?.labels).toEqual({ a: "b" });
});

test("of an error the caller learns what it would learn over a connection", async () => {
  await expect(client().startContainer({})).rejects.toMatchObject({ rawMessage: "no log", code: Code.Unknown, cause: undefined });
});

test("a method that is not there is refused", async () => {
  await expect(client().removeContainer({})).rejects.toMatchObject({ code: Code.Unimplemented });
});
