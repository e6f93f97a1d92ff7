import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import type { RuntimeProbe } from "../target/target.ts";
import { controlPlaneOf, nodeOf, objectsAt, shown } from "./node-object.ts";

type Condition = Readonly<Record<string, unknown>>;

/** The kubelet's own conditions in its order, with the reasons and messages of each status (pkg/kubelet/nodestatus/setters.go). */
const own = {
  MemoryPressure: {
    True: ["KubeletHasInsufficientMemory", "kubelet has insufficient memory available"],
    False: ["KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
  },
  DiskPressure: {
    True: ["KubeletHasDiskPressure", "kubelet has disk pressure"],
    False: ["KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
  },
  PIDPressure: {
    True: ["KubeletHasInsufficientPID", "kubelet has insufficient PID available"],
    False: ["KubeletHasSufficientPID", "kubelet has sufficient PID available"],
  },
  Ready: { True: ["KubeletReady", "kubelet is posting ready status"], False: ["KubeletNotReady"] },
} as const satisfies Record<string, Record<"True" | "False", readonly [reason: string, message?: string]>>;

/** The Unknown of a node that has fallen silent is the node lifecycle controller's, with other reasons. */
const ofKubelet = (condition: Condition): boolean => condition["status"] !== "Unknown";

/** `node-status.conditions.*`. */
export const conditions = {
  "node-status.conditions.types": async (context) => {
    const types = (await conditionsOf(context)).map(({ type }) => type);
    const missing = Object.keys(own).filter((type) => !types.includes(type));
    if (missing.length > 0) throw new Broken(`the conditions ${Object.keys(own).join(", ")}`, `no ${missing.join(", no ")}`);
  },

  "node-status.conditions.unique": async (context) => {
    const types = (await conditionsOf(context)).map(({ type }) => type);
    const twice = types.find((type, index) => types.indexOf(type) < index);
    if (twice !== undefined) throw new Broken("each condition once", `${shown(twice)} twice`);
  },

  "node-status.conditions.status": async (context) => {
    for (const { type, status } of await conditionsOf(context)) {
      if (status !== "True" && status !== "False" && status !== "Unknown")
        throw new Broken(`True, False or Unknown for ${shown(type)}`, shown(status));
    }
  },

  "node-status.conditions.reason": async (context) => {
    for (const { type, reason, message } of await ownConditions(context)) {
      if (!/^[A-Z][A-Za-z0-9]*$/.test(shown(reason))) throw new Broken(`a reason of ${shown(type)} in CamelCase`, shown(reason));
      if (typeof message !== "string" || message === "") throw new Broken(`a message of ${shown(type)}`, shown(message));
    }
  },

  "node-status.conditions.reasons": async (context) => {
    for (const condition of (await ownConditions(context)).filter(ofKubelet)) {
      const [wanted] = expectedOf(condition);
      if (condition["reason"] !== wanted)
        throw new Broken(`${wanted} for ${shown(condition["type"])} ${shown(condition["status"])}`, shown(condition["reason"]));
    }
  },

  "node-status.conditions.messages": async (context) => {
    for (const condition of (await ownConditions(context)).filter(ofKubelet)) {
      const [, wanted] = expectedOf(condition);
      // A ready kubelet may add a warning.
      if (wanted !== undefined && !shown(condition["message"]).startsWith(wanted))
        throw new Broken(`"${wanted}" for ${shown(condition["type"])} ${shown(condition["status"])}`, shown(condition["message"]));
    }
  },

  "node-status.conditions.times": async (context) => {
    for (const { type, lastHeartbeatTime, lastTransitionTime } of await ownConditions(context)) {
      const [heartbeat, transition] = [lastHeartbeatTime, lastTransitionTime].map((time) => Date.parse(shown(time)));
      if (Number.isNaN(heartbeat) || Number.isNaN(transition) || heartbeat === undefined || transition === undefined)
        throw new Broken(`two times of ${shown(type)}`, `${shown(lastHeartbeatTime)} and ${shown(lastTransitionTime)}`);
      if (heartbeat < transition)
        throw new Broken(
          `a lastHeartbeatTime of ${shown(type)} not before its lastTransitionTime ${shown(lastTransitionTime)}`,
          shown(lastHeartbeatTime),
        );
    }
  },

  "node-status.conditions.order": async (context) => {
    const types = (await ownConditions(context)).map(({ type }) => shown(type));
    const wanted = Object.keys(own).filter((type) => types.includes(type));
    if (types.join() !== wanted.join()) throw new Broken(wanted.join(", "), types.join(", "));
  },

  "node-status.conditions.ready": async (context) => {
    await becomes(context, "True");
  },

  "node-status.conditions.not-ready": async (context) => {
    await readyWithoutNetwork(context);
  },

  "node-status.conditions.transition": async (context) => {
    const before = (await conditionsOf(context)).find(({ type }) => type === "Ready");
    const after = await readyWithoutNetwork(context);
    if (before?.["status"] === "True" && after["lastTransitionTime"] === before["lastTransitionTime"])
      throw new Broken("another lastTransitionTime of Ready since it is False", shown(after["lastTransitionTime"]));
  },

  "node-status.conditions.not-ready-message": async (context) => {
    const { reason, message } = await readyWithoutNetwork(context);
    if (reason !== "KubeletNotReady" || !shown(message).includes("container runtime network not ready"))
      throw new Broken('KubeletNotReady: "container runtime network not ready: ..."', `${shown(reason)}: "${shown(message)}"`);
  },
} satisfies Partial<AreaChecks<"node-status">>;

async function conditionsOf(context: CheckContext): Promise<Condition[]> {
  return objectsAt(await nodeOf(context), "/status/conditions");
}

async function ownConditions(context: CheckContext): Promise<Condition[]> {
  return (await conditionsOf(context)).filter(({ type }) => Object.hasOwn(own, shown(type)));
}

function expectedOf({ type, status }: Condition): readonly [reason: string, message?: string] {
  // Looked up for the types and statuses of the table only.
  return own[type as keyof typeof own][status === "True" ? "True" : "False"];
}

/** More of them than a kubelet needs to notice what changed. */
const enough = 5;

/** Waits until Ready has this status, for as long as a kubelet takes to write some more of them. */
export async function becomes(context: CheckContext, status: "True" | "False", patience = enough): Promise<Condition> {
  const { state, requests } = controlPlaneOf(context);
  const { nodeName: name = "" } = context.target;
  const ready = (): Condition =>
    objectsAt(state.get("nodes", { name }), "/status/conditions").find(({ type }) => type === "Ready") ?? { status: "no such condition" };
  const written = (): number => requests.count({ resource: "nodes/status", verb: "patch", status: 200 });
  const last = written() + patience;
  const condition = await requests.until(() => (ready()["status"] === status || written() > last ? ready() : undefined), {
    signal: context.signal,
  });
  if (condition["status"] === status) return condition;
  throw new Broken(`Ready ${status}`, `${shown(condition["status"])}: ${shown(condition["message"])}`);
}

/** What becomes of Ready; looked at once for each kubelet, which takes seconds to notice. */
const seen = new WeakMap<object, Promise<Condition>>();

/** The condition Ready as it was while the network was away; since then it is there again. */
export function readyWithoutNetwork(context: CheckContext): Promise<Condition> {
  const { runtime } = context.target;
  if (!runtime) throw new Blocked("runtime-double");
  const known = seen.get(runtime) ?? takeNetworkAway(context, runtime);
  seen.set(runtime, known);
  return known;
}

async function takeNetworkAway(context: CheckContext, runtime: RuntimeProbe): Promise<Condition> {
  const network = runtime.misbehave("network-not-ready");
  try {
    return await becomes(context, "False");
  } finally {
    network.release();
    await becomes(context, "True").catch(() => {});
  }
}
