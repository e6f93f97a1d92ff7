import type { operations } from "@kubelet-conformance/types";
import type { Calls } from "./calls.ts";
import { linesOf } from "./lines.ts";

type Query = NonNullable<operations["getContainerLogs"]["parameters"]["query"]>;
type Path = operations["getContainerLogs"]["parameters"]["path"];

/** Which log, and which lines of it: the names and meanings of the operation getContainerLogs. */
export interface ContainerLogsOptions extends Path, Query {
  /** Ends the iteration, without an error, and the request. */
  signal?: AbortSignal;
  /** Characters; a longer line comes in pieces of at most so many. Default 1 048 576. */
  longestLine?: number;
  /** Until the log begins, and without `follow` between two parts of it. Default: the client's. */
  timeoutMs?: number;
}

/**
 * The lines of a log, without their ends; the request is sent when the first is asked for. Nothing is read ahead of the consumer beyond one chunk, so that a
 * slow one slows the kubelet down. Leaving the loop ends the request. Rejects with a KubeletError where there is no log, and where the connection breaks.
 */
export async function* containerLogs(calls: Calls, options: ContainerLogsOptions): AsyncGenerator<string, void, undefined> {
  const { namespace, pod, container, signal, longestLine = 1 << 20, timeoutMs, ...query } = options;
  try {
    const { data, error } = await calls.GET("/containerLogs/{namespace}/{pod}/{container}", {
      params: { path: { namespace, pod, container }, query },
      parseAs: "stream",
      endless: query.follow === true,
      ...(signal === undefined ? {} : { signal }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    if (error) throw error;
    if (data) yield* linesOf(data, longestLine);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}
