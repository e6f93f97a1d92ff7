import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The built document must serve in the stock Prism command line too, without our front: that is how other people mock it. */
describe("the stock prism command line", () => {
  let prism: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const document = fileURLToPath(import.meta.resolve("@kubelet-conformance/spec/openapi/kubelet-1.36.json"));
    const require = createRequire(import.meta.url);
    prism = spawn(process.execPath, [require.resolve("@stoplight/prism-cli"), "mock", "--port", "0", "--host", "127.0.0.1", document]);
    const stdout = prism.stdout;
    if (!stdout) throw new Error("prism has no output");
    for await (const line of createInterface({ input: stdout })) {
      const match = /listening on (\S+)/.exec(line);
      if (match?.[1]) {
        url = match[1];
        stdout.resume();
        return;
      }
    }
    throw new Error("prism ended before it listened");
  });
  afterAll(() => prism.kill());

  it("answers a healthz example", async () => {
    const { status, text } = await request(url).get("/healthz").set("Authorization", "Bearer t");
    expect({ status, text }).toEqual({ status: 200, text: "ok" });
  });

  it("answers a named example of an error", async () => {
    const { status, text } = await request(url)
      .post("/checkpoint/default/absent/app")
      .set("Authorization", "Bearer t")
      .set("Prefer", "code=404, example=unknown-pod");
    expect({ status, text }).toEqual({ status: 404, text: "pod does not exist" });
  });
});
