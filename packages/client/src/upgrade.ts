import type { paths } from "@kubelet-conformance/types";
import { createFinalURL, createQuerySerializer } from "openapi-fetch";
import { answerError } from "./answer-error.ts";
import type { CallContext } from "./calls.ts";
import { KubeletError } from "./kubelet-error.ts";
import { fillPath, operationOf } from "./operation.ts";
import type { Upgraded } from "./transport.ts";

/** The paths whose answer is another protocol. */
export type UpgradePath = Extract<keyof paths, `/exec/${string}` | `/attach/${string}` | `/portForward/${string}`>;

export interface UpgradeInit<Path extends UpgradePath> {
  /** As the spec has them. `header.Upgrade` says which protocol is asked for. */
  params: paths[Path]["get"]["parameters"];
  /** More headers, such as a WebSocket's key. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

export type Upgrade = <Path extends UpgradePath>(method: "GET" | "POST", path: Path, init: UpgradeInit<Path>) => Promise<Upgraded>;

/** Opens a connection that speaks what `Upgrade` says, for whoever brings that protocol. Rejects with a KubeletError unless the kubelet switches. */
export function createUpgrade({ base, viaProxy, transport, timeoutMs: usual }: CallContext): Upgrade {
  return async (method, path, { params, headers = {}, signal, timeoutMs = usual }) => {
    const operation = operationOf(method, path);
    // Through the API server a request for an upgrade loses its query, and with it the command.
    if (viaProxy)
      throw new KubeletError({
        code: "not-through-proxy",
        operation,
        reason: "the node proxy drops what exec, attach and portForward need; ask the kubelet directly",
      });
    const url = createFinalURL(path, {
      baseUrl: base,
      params: { path: { ...params.path }, ...(params.query ? { query: { ...params.query } } : {}) },
      querySerializer: createQuerySerializer<Record<string, unknown>>(),
      pathSerializer: (template, values) => fillPath(operation, template, values),
    });
    const request = new Request(url, { method, ...(signal === undefined ? {} : { signal }) });
    for (const [name, value] of Object.entries({ ...params.header, ...headers }))
      for (const each of [value].flat()) request.headers.append(name, each);
    request.headers.set("Connection", "Upgrade");
    const opened = await transport.upgrade(operation, request, { headMs: timeoutMs, bodyMs: timeoutMs });
    if (!("refusal" in opened)) return opened;
    throw await answerError(opened.refusal, { operation, viaProxy, redact: transport.redact });
  };
}
