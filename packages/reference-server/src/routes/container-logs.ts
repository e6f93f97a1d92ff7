import { ContainerState, type ContainerStatus, grpcErrorText } from "@kubelet-conformance/cri";
import { behaviour } from "@kubelet-conformance/types";
import { Readable } from "node:stream";
import type { LogStream } from "../container-logs/log-line.ts";
import { LogError } from "../container-logs/log-error.ts";
import { logSource } from "../container-logs/log-source.ts";
import { readLog } from "../container-logs/read-log.ts";
import { plain } from "../http/answers.ts";
import { quote } from "../http/bytes.ts";
import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { containerNamed } from "../pods/pod.ts";
import type { KubeletState } from "../state.ts";
import { parseLogOptions, type LogOptions } from "./container-log-options.ts";
import type { RouteHandler } from "./route-handler.ts";

/** GET /containerLogs/{podNamespace}/{podID}/{containerName}: getContainerLogs of pkg/kubelet/server. */
export const getContainerLogs: RouteHandler = async ({ kubelet, request, target, parameters }) => {
  const { podNamespace = "", podID = "", containerName = "" } = parameters;
  const knowsStreams = behaviour("log-stream-parameter", kubelet.minor);
  const options = parseLogOptions(parseQuery(target.rawQuery), knowsStreams);
  if (options === "undecodable") return plain(400, '{"message": "Unable to decode query."}');
  if (options === "invalid") return plain(422, '{"message": "Invalid request."}');
  const state = kubelet.pods.find(podNamespace, podID);
  if (state === undefined) return plain(404, `pod ${quote(podID)} does not exist`);
  if (containerNamed(state.pod, containerName) === undefined) {
    return plain(404, `container ${quote(containerName)} not found in pod ${quote(podID)}`);
  }
  if (options.stream !== undefined && !kubelet.gates.enabled("PodLogsQuerySplitStreams")) {
    const name = options.stream === "stdout" ? "Stdout" : "Stderr";
    const advice = "Please enable PodLogsQuerySplitStreams feature gate in kubelet";
    return plain(400, `unable to return the given log stream: "${name}". ${advice}`);
  }
  await kubelet.pods.refresh();
  const source = logSource(state, containerName, options.previous);
  if (typeof source === "string") return failure(source, request);
  const log = logOf(source, options, kubelet, request.signal);
  // Asked for the standard output, the kubelet flushes an empty write before it reads; else the first line decides the status.
  return options.stream === "stderr" ? afterFirst(log, request) : flushed(200, withError(log));
};

async function* logOf(
  { id }: ContainerStatus,
  { stream, ...options }: LogOptions,
  { runtime, runtimeVersion }: KubeletState,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const status = () => runtime.operations.run("container_status", () => runtime.client.runtime.containerStatus({ containerId: id }));
  const found = await status().catch(() => {
    throw new LogError(`unable to retrieve container logs for ${runtimeVersion.name}://${id}`);
  });
  const streams: ReadonlySet<LogStream> = new Set(stream === undefined ? ["stdout", "stderr"] : [stream]);
  yield* readLog({
    ...options,
    path: found.status?.logPath ?? "",
    streams,
    // While the runtime does not answer, the container counts as running.
    isRunning: () => status().then((now) => now.status?.state === ContainerState.CONTAINER_RUNNING, isUnavailable),
    signal,
  });
}

function isUnavailable(error: unknown): boolean {
  if (grpcErrorText(error).startsWith("rpc error: code = Unavailable ")) return true;
  throw new LogError(grpcErrorText(error));
}

/** What goes wrong once the status is out ends up in the body. */
async function* withError(log: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* log;
  } catch (error) {
    yield Buffer.from(messageOf(error));
  }
}

async function afterFirst(log: AsyncGenerator<Buffer>, request: KubeletRequest): Promise<KubeletAnswer> {
  try {
    const first = await log.next();
    return flushed(200, first.done === true ? [] : prepend(first.value, withError(log)));
  } catch (error) {
    return failure(messageOf(error), request);
  }
}

async function* prepend(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The handler asks for chunks by a header, which keeps HTTP/1 from guessing a type; HTTP/2 knows no such header. */
function failure(text: string, { httpVersion }: KubeletRequest): KubeletAnswer {
  return httpVersion === "2.0" ? plain(400, text) : flushed(400, [Buffer.from(text)]);
}

/** No length, no type. */
function flushed(status: number, body: Iterable<Buffer> | AsyncIterable<Buffer>): KubeletAnswer {
  return { status, headers: [], body: Readable.from(body) };
}
