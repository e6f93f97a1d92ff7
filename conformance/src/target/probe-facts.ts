import type { Condition } from "@kubelet-conformance/spec";
import { answerClass, isOfClass } from "../engine/answers.ts";
import { absentName } from "../engine/variables.ts";
import type { Send, WireClient, WireResponse } from "./wire.ts";

const nobody: WireClient = { name: "none" };

/** Finds out by harmless requests what neither `/configz` nor `/metrics` has told. What an answer does not tell stays unknown. */
export async function probeFacts(send: Send, known: Condition, client: WireClient = nobody, secure: boolean): Promise<Condition> {
  const ask = (method: string, target: string, as: WireClient): Promise<WireResponse | undefined> =>
    send({ method, target, listener: "main", client: as }).catch(() => undefined);
  const [debuggingHandlers, anonymous] = await Promise.all([
    known.debuggingHandlers ?? ask("GET", "/runningpods/", client).then(debuggingHandlersIn),
    known.anonymous ?? (secure ? ask("GET", "/pods", nobody).then((answer) => answer && answer.status !== 401) : undefined),
  ]);
  const gate =
    known.checkpointGate ??
    (debuggingHandlers === false ? undefined : gateIn(await ask("POST", `/checkpoint/${absentName}/${absentName}/${absentName}`, client)));
  return {
    ...known,
    ...(debuggingHandlers === undefined ? {} : { debuggingHandlers }),
    ...(anonymous === undefined ? {} : { anonymous }),
    ...(gate === undefined ? {} : { checkpointGate: gate }),
  };
}

function debuggingHandlersIn(answer: WireResponse | undefined): boolean | undefined {
  if (answer && isOfClass(answerClass("debugging-disabled"), answer)) return false;
  return answer?.status === 200 ? true : undefined;
}

/** A pod that is not there is looked up only where the route exists; a route that is not there needs no permission to say so. */
function gateIn(answer: WireResponse | undefined): boolean | undefined {
  if (!answer) return undefined;
  if (isOfClass(answerClass("route-missing"), answer)) return false;
  return isOfClass(answerClass("unknown-pod"), answer) || answer.status === 403 ? true : undefined;
}
