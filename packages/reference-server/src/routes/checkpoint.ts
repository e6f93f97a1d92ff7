import { buildArchiveName } from "@kubelet-conformance/checkpoint-archive";
import { grpcErrorText } from "@kubelet-conformance/cri";
import { join } from "node:path";
import { json, plain } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { containerNamed } from "../pods/pod.ts";
import type { KubeletState } from "../state.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

const mostInt64 = 2n ** 63n - 1n;

interface CheckpointRequest {
  namespace: string;
  pod: string;
  container: string;
  /** Seconds as asked for; 0 when nothing was asked. */
  timeout: bigint;
  signal: AbortSignal;
}

/** POST /checkpoint/{podNamespace}/{podID}/{containerName}; the order of the checks can be observed (Server.checkpoint). */
export const checkpointContainer: RouteHandler = async ({ kubelet, request, target, parameters }: RouteContext) => {
  const { podNamespace: namespace = "", podID: pod = "", containerName: container = "" } = parameters;
  const state = kubelet.pods.find(namespace, pod);
  if (state === undefined) return plain(404, "pod does not exist");
  if (containerNamed(state.pod, container) === undefined) return plain(404, `container ${container} does not exist`);
  const text = parseQuery(target.rawQuery).last("timeout");
  const timeout = text === undefined ? 0n : parseInt64(text);
  if (timeout === undefined) return plain(404, "cannot parse value of timeout parameter");
  return await checkpoint(kubelet, { namespace, pod, container, timeout, signal: request.signal });
};

async function checkpoint(kubelet: KubeletState, asked: CheckpointRequest): Promise<KubeletAnswer> {
  const { namespace, pod, container } = asked;
  const failed = (reason: string) => plain(500, `checkpointing of ${namespace}/${pod}/${container} failed (${reason})`);
  let containerId: string | undefined;
  try {
    const listed = await kubelet.runtime.listContainers();
    containerId = listed.find(
      (entry) => entry.running && entry.namespace === namespace && entry.podName === pod && entry.name === container,
    )?.id;
  } catch (error) {
    return failed(grpcErrorText(error));
  }
  if (containerId === undefined) return failed(`container ${container} not found`);
  const zone = kubelet.utcOffsetMinutes === undefined ? {} : { offsetMinutes: kubelet.utcOffsetMinutes };
  const name = buildArchiveName({ podName: pod, namespace, container, time: new Date(), ...zone });
  const location = join(kubelet.rootDirectory, "checkpoints", name);
  try {
    await kubelet.runtime.operations.run("checkpoint_container", () => callRuntime(kubelet, { containerId, location, ...asked }));
  } catch (error) {
    return failed(error instanceof RefusedCallError ? error.message : grpcErrorText(error));
  }
  // Written by string formatting, not by an encoder: a root directory with a quote makes invalid JSON, as the real one does.
  return json(`{"items":["${location}"]}`);
}

/** A call that the client side of the runtime refuses by itself; its message is the text of the answer. */
class RefusedCallError extends Error {}

async function callRuntime(
  { runtime, configuration }: KubeletState,
  { containerId, location, timeout, signal }: CheckpointRequest & { containerId: string; location: string },
): Promise<void> {
  if (timeout < 0n) throw new RefusedCallError("CheckpointContainer requires the timeout value to be > 0");
  const least = configuration.runtimeRequestTimeoutMs;
  const isRaised = timeout <= BigInt(Math.trunc(least / 1000));
  const deadline = isRaised ? least : Math.ceil(Number(durationOf(timeout)) / 1e6);
  // A deadline in the past is over before the call is made.
  if (deadline <= 0) throw new RefusedCallError("rpc error: code = DeadlineExceeded desc = context deadline exceeded");
  await runtime.client.runtime.checkpointContainer(
    { containerId, location, timeout: isRaised ? BigInt(Math.trunc(least / 1000)) : timeout },
    { timeoutMs: deadline, signal },
  );
}

/** Nanoseconds as `time.Duration(seconds) * time.Second` has them: beyond 63 bits they wrap around, mostly into the past. */
function durationOf(seconds: bigint): bigint {
  return BigInt.asIntN(64, seconds * 1_000_000_000n);
}

/** strconv.ParseInt(text, 10, 64). */
function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace("+", ""));
  return value > mostInt64 || value < -mostInt64 - 1n ? undefined : value;
}
