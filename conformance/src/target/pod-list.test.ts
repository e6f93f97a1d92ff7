import { describe, expect, it } from "vitest";
import { chooseContainers, findContainer, parsePodList } from "./pod-list.ts";

const metadata = { namespace: "prod", name: "web", uid: "u1" };
const body = (status: unknown): string => JSON.stringify({ kind: "PodList", items: [{ metadata, status }] });
const choose = (status: unknown) => chooseContainers(parsePodList(body(status)) ?? []);
const app = { name: "app", state: { running: {} }, restartCount: 0 };

describe("chooseContainers", () => {
  it("finds a running container, one that can't start and an init container that ended", () => {
    const stuck = { name: "stuck", state: { waiting: { reason: "ErrImageNeverPull" } }, lastState: {}, restartCount: 0 };
    const init = { name: "init", state: { terminated: { exitCode: 0 } } };
    const found = choose({ containerStatuses: [app, stuck], initContainerStatuses: [init] });
    expect(found).toMatchObject({
      running: { container: "app", uid: "u1" },
      waiting: { container: "stuck" },
      ended: { container: "init" },
    });
  });

  it.each([
    ["crashes", { name: "x", state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: { terminated: {} }, restartCount: 3 }],
    ["is still pulling", { name: "x", state: { waiting: { reason: "ImagePullBackOff" } }, restartCount: 0 }],
    ["is being created", { name: "x", state: { waiting: { reason: "ContainerCreating" } }, restartCount: 0 }],
    ["has ended and may be restarted", { name: "x", state: { terminated: { exitCode: 1 } }, restartCount: 0 }],
  ])("does not name a container that %s: it may run by the time of the request", (_what, status) => {
    const found = choose({ containerStatuses: [app, status] });
    expect(found).not.toHaveProperty("waiting");
    expect(found).not.toHaveProperty("ended");
  });

  it.each([7, "text", null, [null, 3, { name: 4 }], { running: true }])("survives containerStatuses of %j", (containerStatuses) => {
    expect(choose({ containerStatuses })).toEqual({});
  });

  it.each(['{"kind":"PodList","items":[null,1,"x",{}]}', '{"kind":"PodList","items":{}}', '{"kind":"PodList"}'])("survives %s", (text) => {
    expect(chooseContainers(parsePodList(text) ?? [])).toEqual({});
  });
});

describe("parsePodList", () => {
  it.each(["", "null", "[]", '{"kind":"Status"}'])("takes %j for no pod list", (text) => {
    expect(parsePodList(text)).toBeUndefined();
  });
});

describe("findContainer", () => {
  it("tells a pod, a container and a state that is not there", () => {
    const pods = parsePodList(body({ containerStatuses: [app] })) ?? [];
    const find = (pod: string, container: string) => findContainer(pods, { namespace: "prod", pod, container });
    expect([find("web", "app"), find("web", "x"), find("other", "app")]).toEqual(["running", "no-container", "no-pod"]);
  });
});
