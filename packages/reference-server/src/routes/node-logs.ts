import { behaviour } from "@kubelet-conformance/types";
import { Readable } from "node:stream";
import { constants, createGzip } from "node:zlib";
import { servePath, type FileServer } from "../file-server/serve-path.ts";
import { markAsGo } from "../go-gzip.ts";
import { httpError, notRegistered } from "../http/answers.ts";
import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { aggregate } from "../node-logs/field-error.ts";
import { parseNodeLogQuery, validateNodeLogQuery, type NodeLogQuery, type QueryRules } from "../node-logs/node-log-query.ts";
import { serviceLogs } from "../node-logs/service-logs.ts";
import type { KubeletState } from "../state.ts";
import type { RouteHandler } from "./route-handler.ts";

/** GET /logs/ and /logs/{logpath:*}: a file server over the node's logs and, where it is switched on, the node log query. */
export const getNodeLogs: RouteHandler = async ({ kubelet, request, target }) => {
  const path = target.path.replace(/^\/logs\//, "");
  const rules = queryRules(kubelet);
  const query = rules === null ? undefined : parseNodeLogQuery(parseQuery(target.rawQuery), rules);
  // http.StripPrefix looks at the path as it was sent, too.
  if ((rules === null || query === undefined) && !target.escapedPath.startsWith("/logs/")) return notRegistered;
  if (rules === null || query === undefined) return servePath({ path, rawQuery: target.rawQuery }, request, fileServer(kubelet));
  if ("errors" in query) return httpError(400, aggregate(query.errors));
  if (path !== "" && path !== "/") return httpError(406, "path not allowed in query mode");
  const errors = await validateNodeLogQuery(query, rules, kubelet.systemLogs);
  if (errors.length > 0) return httpError(406, aggregate(errors));
  const [file] = query.files;
  if (file !== undefined) return servePath({ path: file, rawQuery: target.rawQuery }, request, fileServer(kubelet));
  return answerServices(query, rules, kubelet, request);
};

function fileServer({ minor, systemLogs }: KubeletState): FileServer {
  return { root: systemLogs, behaviour: behaviour("file-server", minor), listingHead: behaviour("directory-listing-head", minor) };
}

/** Null: parameters of /logs/ mean nothing. */
function queryRules({ minor, gates, configuration }: KubeletState): QueryRules | null {
  const isOn = configuration.enableSystemLogQuery && gates.enabled("NodeLogQuery");
  return isOn ? behaviour("node-log-query", minor) : null;
}

/** What net/http buffers; a longer answer is sent without its length. */
const bufferedBytes = 2048;

/** journalServer.ServeHTTP: compressed for clients that accept gzip and name nothing else. */
async function answerServices(
  query: NodeLogQuery,
  rules: QueryRules,
  kubelet: KubeletState,
  request: KubeletRequest,
): Promise<KubeletAnswer> {
  const type = ["Content-Type", "text/plain;charset=UTF-8"] as const;
  const plain = Readable.from(serviceLogs(query, rules, kubelet.systemLogs));
  if (request.header("Accept-Encoding") === "gzip") {
    const body = plain.pipe(createGzip({ level: constants.Z_BEST_SPEED }));
    return { status: 200, headers: [["Content-Encoding", "gzip"], type], body: await shortOrWhole(body, markAsGo) };
  }
  return { status: 200, headers: [type], body: await shortOrWhole(plain) };
}

/** A short body at once, so that its length is sent; a long one as it comes. */
async function shortOrWhole(body: Readable, onFirst: (piece: Buffer) => void = () => {}): Promise<Buffer | Readable> {
  const pieces: Buffer[] = [];
  let size = 0;
  const iterator: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
    if (pieces.length === 0) onFirst(step.value);
    pieces.push(step.value);
    size += step.value.length;
    if (size > bufferedBytes) return Readable.from(continued(pieces, iterator, body));
  }
  return Buffer.concat(pieces);
}

async function* continued(pieces: readonly Buffer[], rest: AsyncIterator<Buffer>, body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
    for (let step = await rest.next(); step.done !== true; step = await rest.next()) yield step.value;
  } finally {
    body.destroy();
  }
}
