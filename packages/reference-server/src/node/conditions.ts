import { objectsAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";

/** A condition that the kubelet keeps up. */
export interface ConditionState {
  type: string;
  status: "True" | "False";
  reason: string;
  message: string;
}

/** Says that the node's state changed: NodeReady, NodeHasSufficientMemory ... */
export type Announce = (reason: string) => void;

interface Pressure {
  type: string;
  none: { reason: string; message: string; event: string };
}

const pressures: readonly Pressure[] = [
  {
    type: "MemoryPressure",
    none: {
      reason: "KubeletHasSufficientMemory",
      message: "kubelet has sufficient memory available",
      event: "NodeHasSufficientMemory",
    },
  },
  {
    type: "DiskPressure",
    none: { reason: "KubeletHasNoDiskPressure", message: "kubelet has no disk pressure", event: "NodeHasNoDiskPressure" },
  },
  {
    type: "PIDPressure",
    none: { reason: "KubeletHasSufficientPID", message: "kubelet has sufficient PID available", event: "NodeHasSufficientPID" },
  },
];

/** The node's conditions at a time: those that are there in their places, with new heartbeats; missing ones behind them, Ready last. */
export function conditionsOf(status: JsonObject, problems: readonly string[], time: string, announce: Announce): JsonObject[] {
  const conditions = [...objectsAt(status, "conditions")];
  for (const { type, none } of pressures) {
    // This kubelet never runs out of anything.
    const isNews = set(conditions, { type, status: "False", reason: none.reason, message: none.message }, time);
    if (isNews) announce(none.event);
  }
  const before = conditions.find((condition) => condition["type"] === "Ready");
  const ready = readyState(problems);
  const isNews = set(conditions, ready, time);
  if (isNews && before !== undefined) announce(ready.status === "True" ? "NodeReady" : "NodeNotReady");
  return conditions;
}

function readyState(problems: readonly string[]): ConditionState {
  if (problems.length === 0) {
    return { type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" };
  }
  const [first = "", ...others] = [...new Set(problems)];
  const message = others.length === 0 ? first : `[${[first, ...others].join(", ")}]`;
  return { type: "Ready", status: "False", reason: "KubeletNotReady", message };
}

/** Whether its status changed. */
function set(conditions: JsonObject[], { type, status, reason, message }: ConditionState, time: string): boolean {
  const index = conditions.findIndex((condition) => condition["type"] === type);
  const before = conditions[index];
  const isSame = before?.["status"] === status;
  const since = isSame ? textAt(before, "lastTransitionTime") : time;
  // A pressure condition keeps its words as long as its status stays; only Ready is written anew.
  const words = isSame && type !== "Ready" ? { reason: textAt(before, "reason"), message: textAt(before, "message") } : { reason, message };
  const condition = { type, status, lastHeartbeatTime: time, lastTransitionTime: since, ...words };
  if (index < 0) conditions.push(condition);
  else conditions[index] = condition;
  return !isSame;
}
