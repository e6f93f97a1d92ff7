// Outside the spec for now: the order of the checks and the logs of the runtime double; following a log is a later issue.
import { behaviour } from "@kubelet-conformance/types";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { plain } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { containerNamed } from "../pods/pod.ts";
import { parseLogOptions, type LogOptions } from "./container-log-options.ts";
import type { RouteHandler } from "./route-handler.ts";

/** GET /containerLogs/{podNamespace}/{podID}/{containerName}. */
export const getContainerLogs: RouteHandler = async ({ kubelet, target, parameters }) => {
  const { podNamespace = "", podID = "", containerName = "" } = parameters;
  const knowsStreams = behaviour("log-stream-parameter", kubelet.minor);
  const options = parseLogOptions(parseQuery(target.rawQuery), knowsStreams);
  if (options === "undecodable") return plain(400, '{"message": "Unable to decode query."}');
  if (options === "invalid") return plain(422, '{"message": "Invalid request."}');
  const state = kubelet.pods.find(podNamespace, podID);
  if (state === undefined) return plain(404, `pod "${podID}" does not exist`);
  if (containerNamed(state.pod, containerName) === undefined) {
    return plain(404, `container "${containerName}" not found in pod "${podID}"`);
  }
  if (options.stream !== "All" && !kubelet.gates.enabled("PodLogsQuerySplitStreams")) {
    const advice = "Please enable PodLogsQuerySplitStreams feature gate in kubelet";
    return plain(400, `unable to return the given log stream: "${options.stream}". ${advice}`);
  }
  await kubelet.pods.refresh();
  if (options.previous) {
    return flushed(400, `previous terminated container "${containerName}" in pod "${podID}" not found`);
  }
  const status = state.containers.get(containerName);
  if (status === undefined) {
    const reason = state.waiting.get(containerName)?.reason ?? "ContainerCreating";
    return flushed(400, `container "${containerName}" in pod "${podID}" is waiting to start: ${reason}`);
  }
  try {
    return flushed(200, select(await readFile(join("/", status.logPath), "utf8"), options));
  } catch {
    return flushed(200, `unable to retrieve container logs for ${kubelet.runtimeVersion.name}://${status.id}`);
  }
};

/** The log writer flushes before it writes: no length, no type. */
function flushed(status: number, body: string): KubeletAnswer {
  return { status, headers: [], body: Readable.from(body === "" ? [] : [Buffer.from(body)]) };
}

/** Lines of a CRI log (`<time> <stream> <tag> <text>`) that the options ask for. */
function select(log: string, options: LogOptions): string {
  const lines = log
    .split("\n")
    .flatMap((line) => {
      const match = /^(\S+) (stdout|stderr) (\S+) ?(.*)$/s.exec(line);
      return match ? [{ time: match[1] ?? "", stream: match[2], text: `${match[4] ?? ""}${match[3] === "F" ? "\n" : ""}` }] : [];
    })
    .filter(({ time, stream }) => {
      const isWanted = options.stream === "All" || options.stream.toLowerCase() === stream;
      return isWanted && (options.since === undefined || Date.parse(time) >= options.since.getTime());
    });
  const tail = options.tailLines === undefined ? lines : lines.slice(Math.max(0, lines.length - options.tailLines));
  const text = tail.map(({ time, text: line }) => (options.timestamps ? `${time} ${line}` : line)).join("");
  return options.limitBytes === undefined ? text : Buffer.from(text).subarray(0, options.limitBytes).toString();
}
