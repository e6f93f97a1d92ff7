import type { WireClient } from "../target/wire.ts";
import type { RecordedRequest } from "./recording.ts";
import type { ReplayRequest } from "./replay.ts";

/** The request that was recorded, with the pod's name and UID of this run. */
export function requestOf(recorded: RecordedRequest, client: WireClient, names: { pod: string; uid: string }): ReplayRequest {
  const headers = Object.entries(recorded.headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  const target = restorePath(recorded.path).replaceAll("{pod}", names.pod).replaceAll("{uid}", names.uid);
  return {
    method: recorded.method,
    target,
    headers,
    client,
    body: recorded.chunked ?? recorded.body,
    framing: recorded.chunked !== undefined ? "chunked" : recorded.noContentLength && "none",
    http2: recorded.http2,
  };
}

/**
 * A path that the recorder cut to its first 60 characters and its length. What it cut was one long segment, so the last character kept is
 * repeated; under /checkpoint/NAMESPACE/ the container's segment follows, else the route would be another one.
 */
export function restorePath(path: string): string {
  const cut = /^(?<start>.*)…\((?<length>\d+)\)$/su.exec(path)?.groups;
  if (cut?.start === undefined) return path;
  const end = /^\/checkpoint\/[^/]+\/[^/]+$/.test(cut.start) ? "/counter" : "";
  return cut.start.padEnd(Number(cut.length) - end.length, cut.start.at(-1)) + end;
}
