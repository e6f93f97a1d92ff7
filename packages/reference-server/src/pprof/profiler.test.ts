import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

const pprof = "/debug/pprof";

test.each(["allocs", "block", "goroutine", "heap", "mutex", "threadcreate"])("%s is a gzipped protocol buffer, or a text", async (name) => {
  const kubelet = await testKubelet();
  const binary = await kubelet.get(`${pprof}/${name}`).responseType("blob").expect(200);
  expect(binary.headers).toMatchObject({
    "content-disposition": `attachment; filename="${name}"`,
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
  });
  const content = gunzipSync(binary.body as Buffer).toString(); // `blob` makes superagent give a Buffer.
  expect(content).toContain({ allocs: "inuse_space", heap: "inuse_space", block: "contentions", mutex: "contentions" }[name] ?? name);
  const text = await kubelet.get(`${pprof}/${name}?debug=1`).expect(200);
  expect(text.headers).not.toHaveProperty("content-disposition");
  expect(text.text).toMatch(/^(heap|goroutine|threadcreate) profile: |^--- (contention|mutex):\n/);
});

test("the head of a profile's gzip is Go's", async () => {
  const kubelet = await testKubelet();
  const headOf = async (path: string) => {
    const { body } = await kubelet.get(`${pprof}/${path}`).responseType("blob").expect(200);
    return (body as Buffer).toString("hex", 0, 10); // `blob` makes superagent give a Buffer.
  };
  const fastest = "1f8b08000000000004ff";
  expect([await headOf("heap"), await headOf("block?debug=-1"), await headOf("goroutine?debug=-1")]).toEqual([fastest, fastest, fastest]);
  expect(await headOf("heap?seconds=1")).toBe("1f8b08000000000000ff");
});

test("what cannot be had is said in Go's words", async () => {
  const kubelet = await testKubelet();
  const refused = async (path: string, status: number) => {
    const { text, headers } = await kubelet.get(`${pprof}/${path}`).expect(status);
    expect(headers["x-go-pprof"]).toBe("1");
    return text;
  };
  expect(await refused("absent", 404)).toBe("Unknown profile\n");
  expect(await refused("symbol/", 404)).toBe("Unknown profile\n");
  expect(await refused("heap?seconds=x", 400)).toBe('invalid value for "seconds" - must be a positive integer\n');
  expect(await refused("heap?seconds=1&debug=1", 400)).toBe("seconds and debug params are incompatible\n");
  const old = await testKubelet({ kubernetesVersion: "1.28" });
  const tooLong = await old.get(`${pprof}/profile?seconds=14400`).expect(400);
  expect(tooLong.text).toBe("profile duration exceeds server's WriteTimeout\n");
});

test("there is one CPU profile and one trace at a time, and a client that leaves ends its own", async () => {
  const kubelet = await testKubelet();
  // The longest time that Go can tell is over at once.
  for (const [name, shortest, busy] of [
    ["profile", "9223372037", "Could not enable CPU profiling: cpu profiling already in use\n"],
    ["trace", "0.001", "Could not enable tracing: execution tracer already enabled\n"],
  ] as const) {
    const first = kubelet.get(`${pprof}/${name}?seconds=1000`);
    void first.end(() => {});
    await expect.poll(async () => (await kubelet.get(`${pprof}/${name}?seconds=${shortest}`)).text).toBe(busy);
    void first.abort();
    await expect.poll(async () => (await kubelet.get(`${pprof}/${name}?seconds=${shortest}`)).status).toBe(200);
  }
});

test("the command line is told as it was, and symbols as one", async () => {
  const kubelet = await testKubelet({ commandLine: ["kubelet", "--v=2"] });
  expect((await kubelet.get(`${pprof}/cmdline`).expect(200)).text).toBe("kubelet\0--v=2");
  expect((await kubelet.get(`${pprof}/symbol?0x1`).expect(200)).text).toBe("num_symbols: 1\n");
});
