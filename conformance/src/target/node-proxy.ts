import { mediaTypeOf } from "@kubelet-conformance/exchange";
import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import { parseJson } from "../engine/expectation.ts";
import { apiClient, apiTransportOptions } from "./api-client.ts";
import { createTransport, type Transport } from "./transport.ts";
import { headerOf, WireError, type WireRequest, type WireResponse } from "./wire.ts";

export interface NodeProxyOptions {
  access: ApiServerAccess;
  /** The node's name. */
  node: string;
  timeoutMs?: number | undefined;
}

/** The URL below which an API server passes requests on to a node's kubelet. */
export function nodeProxyUrl({ server }: ApiServerAccess, node: string, port?: number): string {
  return `${server}/api/v1/nodes/${encodeURIComponent(node)}${port === undefined ? "" : `:${port}`}/proxy`;
}

/**
 * Reaches a kubelet through its API server's node proxy, as the user of the kubeconfig. What the API server answers itself is no answer of the kubelet's:
 * it rejects, as does what cannot be asked this way.
 */
export function createNodeProxyTransport({ access, node, timeoutMs }: NodeProxyOptions): Transport {
  const api = createTransport({ ...apiTransportOptions(access), ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const client = apiClient(access);
  const ports: Parameters<Transport["usePorts"]>[0] = {};
  const prefixOf = (listener: WireRequest["listener"]): string => {
    const port = listener === "read-only" ? ports.readOnlyPort : listener === "healthz" ? ports.healthzPort : undefined;
    if (listener !== "main" && port === undefined) throw new WireError("no-listener", `the target's ${listener} port is not known`);
    return new URL(nodeProxyUrl(access, node, port)).pathname;
  };
  return {
    send: async (request) => {
      const prefix = prefixOf(request.listener);
      const obstacle = obstacleOf(request);
      if (obstacle !== undefined) throw new WireError("not-through-proxy", obstacle);
      const answer = await api.send({ ...request, listener: "main", target: prefix + request.target, client }).catch(blameApiServer);
      const error = answerOfItsOwn(answer);
      if (error) throw error;
      return answer;
    },
    usePorts: (known) => void Object.assign(ports, known),
    close: api.close,
  };
}

/** Where no connection comes about, or one breaks, it is the one to the API server. */
function blameApiServer(error: unknown): never {
  if (error instanceof WireError && ["refused", "unreachable", "reset"].includes(error.code))
    throw new WireError(error.code, `the API server gives no answer: ${error.message}`, { cause: error });
  throw error;
}

const passedOn = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
/** Headers that mean something to the API server itself. */
const claims = /^(authorization|impersonate-.*|x-remote-.*)$/i;

/** What cannot be asked this way at all; what can, and comes out changed, `proxy-changes.yaml` knows. */
function obstacleOf({ listener, client, raw, method, protocol, target, headers = {} }: WireRequest): string | undefined {
  if (raw) return "bytes of our own do not pass the API server";
  if (protocol === "h2") return "the protocol is spoken with the API server, not with the kubelet";
  if (listener === "main" && client.name !== "kubeconfig") return "it is the API server that asks the kubelet, as itself";
  if (Object.keys(headers).some((name) => claims.test(name))) return "credentials are the API server's to judge";
  if (!passedOn.has(method)) return `${method} is not passed on`;
  return target.startsWith("/") ? undefined : "the request's target is no path";
}

/** A Status object. No kubelet answers with one, but for 406 on its z-pages. */
function answerOfItsOwn(answer: WireResponse): WireError | undefined {
  const message = answer.status < 400 || answer.status === 406 ? undefined : statusMessage(answer);
  if (message === undefined) return undefined;
  const reached = /^error trying to reach service: (.*)/s.exec(message)?.[1];
  if (reached !== undefined) {
    const code = /connection refused/.test(reached) ? "refused" : /EOF|reset|broken pipe/.test(reached) ? "reset" : "unreachable";
    return new WireError(code, `the API server does not reach the kubelet: ${reached}`);
  }
  return new WireError("answered-by-proxy", `the API server answered in the kubelet's place: ${answer.status} ${message}`);
}

/** What a Status says, in whichever of the API server's media types the request's Accept made it write; undefined: it is none. */
function statusMessage(answer: WireResponse): string | undefined {
  switch (mediaTypeOf(headerOf(answer, "content-type"))) {
    case "application/json": {
      const status = parseJson(answer)?.value;
      if (typeof status !== "object" || status === null || !("kind" in status) || status.kind !== "Status") return undefined;
      return "message" in status && typeof status.message === "string" ? status.message : "";
    }
    case "application/yaml": {
      const text = answer.body.toString();
      return /^kind: Status$/m.test(text) ? (/^message: (.*(?:\n {2}.*)*)$/m.exec(text)?.[1] ?? "").replace(/\n +/g, " ") : undefined;
    }
    // Both begin with the object's type, after a mark of their own; the words stand in them as they are.
    case "application/vnd.kubernetes.protobuf":
    case "application/cbor":
      return answer.body.subarray(0, 64).includes("Status") ? "(in a binary form)" : undefined;
    default:
      return undefined;
  }
}
