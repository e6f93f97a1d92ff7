import {
  apiVersionOf,
  isObject,
  type JsonObject,
  objectAt,
  type ApiServerAccess,
  type KubeObject,
  objectsAt,
  resourceOf,
  textOf,
  type ResourceName,
} from "@kubelet-conformance/control-plane";
import { TargetError } from "../errors.ts";
import { Blocked } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { apiClient, apiTransportOptions } from "./api-client.ts";
import type { ClusterProbe } from "./cluster.ts";
import { refusal, unreachable } from "./cluster-errors.ts";
import { createTransport } from "./transport.ts";
import { type WireClient, WireError, type WireResponse } from "./wire.ts";

/** A cluster, read and never written. */
export interface LiveCluster {
  /** The API server's URL. */
  server: string;
  /** Who the kubeconfig says that its reader is. */
  client: WireClient;
  /** For checks: what cannot be read blocks them. */
  probe: ClusterProbe;
  /** Throws a TargetError where it cannot be read or is not there. */
  node(name: string, signal: AbortSignal): Promise<KubeObject>;
  /** Throws a TargetError. */
  nodes(signal: AbortSignal): Promise<readonly KubeObject[]>;
  /** The whole answer to a GET request, whatever it is. Rejects with a WireError. */
  get(path: string, signal: AbortSignal): Promise<WireResponse>;
  /** The pods that are bound to a node. Throws a TargetError. */
  podsOn(node: string, signal: AbortSignal): Promise<readonly KubeObject[]>;
  close(): void;
}

/** Nodes hold lists of images, and a list many nodes. */
const bodyLimit = 64 * 1024 * 1024;
const pageSize = 200;
const mostPages = 100;
/** Requests in a row without an answer. */
const enoughSilence = 3;

/** Sends GET requests and nothing else. */
export function openCluster(access: ApiServerAccess, timeoutMs?: number): LiveCluster {
  const { server } = access;
  const url = new URL(server);
  const transport = createTransport({
    ...apiTransportOptions(access),
    bodyLimit,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const client = apiClient(access);
  const get = (path: string, signal: AbortSignal): Promise<WireResponse> =>
    transport.send({
      method: "GET",
      target: url.pathname.replace(/\/$/, "") + path,
      headers: { Accept: "application/json" },
      listener: "main",
      client,
      signal,
    });

  // An API server that is gone in the middle of a run costs a few request limits, and not one for each check.
  let silent = 0;
  let silence: TargetError | undefined;
  async function answerOf(path: string, signal: AbortSignal): Promise<WireResponse> {
    if (silence && silent >= enoughSilence) throw silence;
    try {
      const answer = await get(path, signal);
      silent = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof WireError) || signal.aborted) throw error;
      silent++;
      silence = unreachable(server, error);
      throw silence;
    }
  }

  async function read(path: string, signal: AbortSignal): Promise<JsonObject | undefined> {
    const answer = await answerOf(path, signal);
    if (answer.status === 404) return undefined;
    const body = parseJson(answer)?.value;
    if (answer.status !== 200 || !isObject(body)) throw refusal(server, path, answer, body);
    return body;
  }

  async function readObject(path: string, name: string, signal: AbortSignal): Promise<KubeObject | undefined> {
    const found = await read(path, signal);
    if (found === undefined || (isKubeObject(found) && found.metadata.name === name)) return found;
    throw new TargetError("api-server-answer", `the API server ${server} answers GET ${path} with something else; is it an API server?`);
  }

  async function list(resource: ResourceName, namespace: string | undefined, signal: AbortSignal, fields?: string): Promise<KubeObject[]> {
    const found: KubeObject[] = [];
    const selector = fields === undefined ? "" : `&fieldSelector=${encodeURIComponent(fields)}`;
    let next = "";
    for (let pages = 0; pages < mostPages; pages++) {
      const query = `?limit=${pageSize}${selector}${next === "" ? "" : `&continue=${encodeURIComponent(next)}`}`;
      const page = await read(`${pathOf(resource, namespace)}${query}`, signal);
      found.push(...objectsAt(page ?? {}, "items").filter(isKubeObject));
      next = textOf(objectAt(page ?? {}, "metadata")["continue"]);
      if (next === "") break;
    }
    return found;
  }

  const probe: ClusterProbe = {
    get: (resource, { name, namespace }, signal) =>
      readObject(`${pathOf(resource, namespace)}/${encodeURIComponent(name)}`, name, signal).catch(blocked),
    list: (resource, namespace, signal, fields) => list(resource, namespace, signal, fields).catch(blocked),
    async minor(signal) {
      const answer = await read("/version", signal).catch(blocked);
      const minor = Number.parseInt(textOf(answer?.["minor"]), 10);
      return Number.isNaN(minor) ? undefined : minor;
    },
  };
  return {
    server,
    client,
    probe,
    async node(name, signal) {
      const node = await readObject(`${pathOf("nodes", undefined)}/${encodeURIComponent(name)}`, name, signal);
      if (node) return node;
      const others = (await list("nodes", undefined, signal)).map(({ metadata }) => metadata.name).slice(0, 5);
      throw new TargetError("node-unknown", `${server} has no node "${name}"; it has ${others.join(", ") || "none"}`);
    },
    get,
    nodes: (signal) => list("nodes", undefined, signal),
    podsOn: (node, signal) => list("pods", undefined, signal, `spec.nodeName=${node}`),
    close: transport.close,
  };
}

function pathOf(resource: ResourceName, namespace: string | undefined): string {
  const row = resourceOf(resource);
  const group = `${row.group === "" ? "/api/" : "/apis/"}${apiVersionOf(row)}`;
  return `${group}${namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`}/${resource}`;
}

function isKubeObject(value: unknown): value is KubeObject {
  return isObject(value) && isObject(value["metadata"]) && typeof value["metadata"]["name"] === "string";
}

/** What keeps a check from the cluster says nothing about the kubelet. */
function blocked(error: unknown): never {
  throw error instanceof TargetError ? new Blocked("cluster-access", error.message) : error;
}
