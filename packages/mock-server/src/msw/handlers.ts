import type { OperationId } from "@kubelet-conformance/types";
import { delay, http, HttpResponse, type HttpHandler, type RequestHandlerOptions } from "msw";
import { choose, noSuchOperation, operationIds, operationsAt, type Wish } from "./choose.ts";
import type { TableOperation } from "./example-table.ts";
import { pathPrefix } from "./path-prefix.ts";

/** Which kubelet the handlers stand for. */
export interface KubeletOptions {
  /** Where the page thinks it is, e.g. `https://node-1:10250` or `/api/v1/nodes/node-1/proxy`. */
  baseUrl: string;
  /** `"1.36"` or `"v1.36.4"`. Default: the newest minor that the spec covers. */
  kubernetesVersion?: string;
}

export interface KubeletHandlersOptions extends KubeletOptions {
  /** What single operations answer. Default: as where all is well. */
  prefer?: { [Id in OperationId]?: Wish<Id> };
}

/** By operation, what makes a handler that answers as wished; `{ once: true }` for the next request only. */
export type KubeletOverrides = { readonly [Id in OperationId]: (wish?: Wish<Id>, options?: RequestHandlerOptions) => HttpHandler };

/** A handler for each operation of a kubelet, for `setupServer` and `setupWorker`. Throws KubeletHandlerError. */
export function kubeletHandlers({ baseUrl, kubernetesVersion, prefer = {} }: KubeletHandlersOptions): HttpHandler[] {
  const prefix = pathPrefix(baseUrl);
  const operations = operationsAt(kubernetesVersion);
  for (const [name, wish] of Object.entries(prefer))
    if (wish !== undefined && !operations.some(({ operationId }) => operationId === name)) throw noSuchOperation(name);
  return operations.map((operation) => handler(operation, prefix, prefer[operation.operationId] ?? {}));
}

/** Makes handlers for `server.use(...)`: `kubelet.checkpointContainer({ example: "unknown-pod" })`. Throws KubeletHandlerError, as they do. */
export function kubeletOverrides({ baseUrl, kubernetesVersion }: KubeletOptions): KubeletOverrides {
  const prefix = pathPrefix(baseUrl);
  const operations = operationsAt(kubernetesVersion);
  const makers = operationIds.map((operationId) => [
    operationId,
    (wish: Wish = {}, options: RequestHandlerOptions = {}) => {
      const operation = operations.find((one) => one.operationId === operationId);
      if (!operation) throw noSuchOperation(operationId);
      return handler(operation, prefix, wish, options);
    },
  ]);
  return Object.fromEntries(makers) as KubeletOverrides; // One for each.
}

const methods = { GET: http.get, POST: http.post, PUT: http.put, DELETE: http.delete } as const;

function handler(operation: TableOperation, prefix: string, wish: Wish, options: RequestHandlerOptions = {}): HttpHandler {
  const { code, headers, body } = choose(operation, wish);
  const register = Object.entries(methods).find(([method]) => method === operation.method)?.[1] ?? http.all;
  return register(
    prefix + pattern(operation.path),
    async () => {
      if (wish.delay !== undefined) await delay(wish.delay);
      // Answers such as 304 may have no body, not even an empty one.
      return new HttpResponse(body === "" ? null : body, {
        status: code,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
      });
    },
    options,
  );
}

/** As msw writes it. What is below `/logs/` may have any number of segments. */
function pattern(path: string): string {
  return path.replace("/{path}", "/*").replaceAll(/\{(\w+)\}/g, ":$1");
}
