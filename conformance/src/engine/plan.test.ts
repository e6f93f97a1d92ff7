import { describe, expect, test } from "vitest";
import { planRun, select } from "./plan.ts";
import { bareTarget, requirement } from "./requirement.support.ts";

const running = { namespace: "default", pod: "web", container: "c" };

function planOne(entry: Parameters<typeof requirement>[0], target: Parameters<typeof bareTarget>[0] = {}) {
  const [plan] = planRun([requirement(entry)], bareTarget(target));
  return plan && { ...plan, requirement: undefined };
}

describe("select", () => {
  const catalogue = [
    requirement({ id: "a.b.one" }),
    requirement({ id: "a.b.two", profile: "checkpoint" }),
    requirement({ id: "a.bc.one" }),
    requirement({ id: "x.y", unobservable: "no" }),
  ];
  const ids = (selection: Parameters<typeof select>[1]) => select(catalogue, selection).map(({ id }) => id);

  test("everything that can be seen, in catalogue order", () => expect(ids({})).toEqual(["a.b.one", "a.b.two", "a.bc.one"]));
  test("a profile", () => expect(ids({ profiles: ["checkpoint"] })).toEqual(["a.b.two"]));
  test("what is below a name, up to a dot", () => expect(ids({ focus: ["a.b"] })).toEqual(["a.b.one", "a.b.two"]));
  test("all but one", () => expect(ids({ focus: ["a.b.*"], skip: ["a.b.one"] })).toEqual(["a.b.two"]));
});

describe("planRun", () => {
  test("a requirement of later versions does not apply, and the reason names both", () => {
    expect(planOne({ since: "1.37" })).toMatchObject({ state: "not-applicable", reason: "holds from Kubernetes 1.37; this is v1.36.4" });
  });

  test("a fix that was backported holds from its patch on", () => {
    const entry = { since: "1.29", patches: ["1.29.14"] };
    expect(planOne(entry, { kubernetesVersion: "v1.29.13", minor: "1.29" })).toMatchObject({ state: "not-applicable" });
    expect(planOne(entry, { kubernetesVersion: "v1.29.14", minor: "1.29" })).toMatchObject({ state: "runnable" });
  });

  test("without the kubelet a way to it is asked for, unless that would not be enough", () => {
    expect(planOne({ needs: ["credentials"] }, { unreached: true })).toMatchObject({ reason: expect.stringContaining("--direct") });
    expect(planOne({ needs: ["kubelet-launch"] }, { unreached: true })).toMatchObject({ state: "blocked", need: "kubelet-launch" });
  });

  test("an unknown fact blocks and says how to declare it", () => {
    expect(planOne({ when: { checkpointGate: false } })).toMatchObject({
      state: "blocked",
      reason: "needs to know feature gate ContainerCheckpoint: --declare checkpoint-gate=true|false",
    });
  });

  test("another fact makes it not applicable, also when a further one is unknown", () => {
    expect(planOne({ when: { checkpointGate: true, debuggingHandlers: true } }, { facts: { debuggingHandlers: false } })).toMatchObject({
      state: "not-applicable",
      reason: "holds where enableDebuggingHandlers is true; here it is false",
    });
  });

  test("one of several outcomes of the runtime is enough", () => {
    expect(planOne({ when: { runtime: ["busy", "no-criu"] } }, { facts: { runtime: ["no-criu"] } })).toMatchObject({ state: "runnable" });
    expect(planOne({ when: { runtime: ["busy"] } }, { facts: { runtime: ["ok"] } })).toMatchObject({ state: "not-applicable" });
  });

  test("a missing need blocks and says which flag unlocks it", () => {
    expect(planOne({ needs: ["checkpoint"] })).toMatchObject({
      state: "blocked",
      need: "checkpoint",
      reason: expect.stringContaining("--checkpoint NAMESPACE/POD/CONTAINER"),
    });
  });

  test("what the configuration says is not there is not applicable", () => {
    expect(planOne({ needs: ["read-only-port"] }, { lacks: ["read-only-port"] })).toMatchObject({ state: "not-applicable" });
  });

  test("what cannot be met is blocked, and the reason is the target's", () => {
    const obstacles = { "command-container": "the runtime is too far away" };
    expect(planOne({ needs: ["command-container"] }, { obstacles })).toMatchObject({
      state: "blocked",
      reason: "needs leave to run harmless commands in a container and to connect to its pod: the runtime is too far away",
    });
  });

  test("an exchange needs what its variables need, whatever its entry says", () => {
    const exchange = { request: { target: "/x/$pod", client: "none" as const }, expect: {} };
    expect(planOne({ exchange })).toMatchObject({ state: "blocked", need: "pod" });
    expect(planOne({ exchange }, { running })).toMatchObject({ state: "runnable" });
  });

  test("an exchange as one identity needs just that one", () => {
    const exchange = { request: { target: "/pods", client: "identity:none" as const }, expect: {} };
    expect(planOne({ needs: ["identities"], exchange }, { identities: { proxy: { name: "p" } } })).toMatchObject({ state: "blocked" });
    expect(planOne({ needs: ["identities"], exchange }, { identities: { none: { name: "n" } } })).toMatchObject({ state: "runnable" });
  });
});
