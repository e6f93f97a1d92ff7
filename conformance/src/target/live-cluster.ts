import {
  apiVersionOf,
  isObject,
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
import type { ClusterProbe } from "./cluster.ts";
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

/** Sends GET requests and nothing else. */
export function openCluster(access: ApiServerAccess, timeoutMs?: number): LiveCluster {
  const { server, authority, insecure, serverName } = access;
  const url = new URL(server);
  const transport = createTransport({
    server: url.origin,
    tls: { ca: authority, insecure, servername: serverName },
    bodyLimit,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const client = clientOf(access);
  const get = (path: string, signal: AbortSignal): Promise<WireResponse> =>
    transport.send({
      method: "GET",
      target: url.pathname.replace(/\/$/, "") + path,
      headers: { Accept: "application/json" },
      listener: "main",
      client,
      signal,
    });

  async function read(path: string, signal: AbortSignal): Promise<KubeObject | undefined> {
    const answer = await get(path, signal).catch((error: unknown) => {
      if (error instanceof WireError && !signal.aborted) throw unreachable(server, error);
      throw error;
    });
    if (answer.status === 404) return undefined;
    const body = parseJson(answer)?.value;
    if (answer.status !== 200 || !isKubeObject(body)) throw refusal(server, path, answer, body);
    return body;
  }

  async function list(resource: ResourceName, namespace: string | undefined, signal: AbortSignal, selector = ""): Promise<KubeObject[]> {
    const found: KubeObject[] = [];
    let next = "";
    for (let pages = 0; pages < mostPages; pages++) {
      const query = `?limit=${pageSize}${selector}${next === "" ? "" : `&continue=${encodeURIComponent(next)}`}`;
      const page = await read(`${pathOf(resource, namespace)}${query}`, signal);
      if (page) found.push(...objectsAt(page, "items").filter(isKubeObject));
      next = textOf(page?.metadata["continue"]);
      if (next === "") break;
    }
    return found;
  }

  const probe: ClusterProbe = {
    get: (resource, { name, namespace }, signal) =>
      read(`${pathOf(resource, namespace)}/${encodeURIComponent(name)}`, signal).catch(blocked),
    list: (resource, namespace, signal) => list(resource, namespace, signal).catch(blocked),
  };
  return {
    server,
    client,
    probe,
    async node(name, signal) {
      const node = await read(`${pathOf("nodes", undefined)}/${encodeURIComponent(name)}`, signal);
      if (node) return node;
      const others = (await list("nodes", undefined, signal)).map(({ metadata }) => metadata.name).slice(0, 5);
      throw new TargetError("node-unknown", `${server} has no node "${name}"; it has ${others.join(", ") || "none"}`);
    },
    get,
    nodes: (signal) => list("nodes", undefined, signal),
    podsOn: (node, signal) => list("pods", undefined, signal, `&fieldSelector=spec.nodeName%3D${encodeURIComponent(node)}`),
    close: transport.close,
  };
}

function pathOf(resource: ResourceName, namespace: string | undefined): string {
  const row = resourceOf(resource);
  const group = `${row.group === "" ? "/api/" : "/apis/"}${apiVersionOf(row)}`;
  return `${group}${namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`}/${resource}`;
}

function clientOf({ certificate, key, token }: ApiServerAccess): WireClient {
  return {
    name: "kubeconfig",
    ...(certificate !== undefined && key !== undefined ? { certificate: { cert: certificate, key } } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

function isKubeObject(value: unknown): value is KubeObject {
  return isObject(value) && isObject(value["metadata"]);
}

/** What keeps a check from the cluster says nothing about the kubelet. */
function blocked(error: unknown): never {
  throw error instanceof TargetError ? new Blocked("cluster-access") : error;
}

function unreachable(server: string, error: WireError): TargetError {
  const next =
    error.code === "tls" ? "check the cluster's certificate-authority in the kubeconfig" : "check the cluster's server in the kubeconfig";
  return new TargetError("api-server-unreachable", `the API server ${server} gives no answer: ${error.message}; ${next}`, { cause: error });
}

function refusal(server: string, path: string, { status }: WireResponse, body: unknown): TargetError {
  const message = isObject(body) && typeof body["message"] === "string" ? `: ${body["message"]}` : "";
  const what = `the API server ${server} answers GET ${path} with ${status}${message}`;
  if (status === 401) return new TargetError("api-server-credentials", `${what}; give a kubeconfig with credentials that are valid`);
  if (status === 403) return new TargetError("api-server-forbidden", `${what}; give a kubeconfig of a user that may get and list nodes`);
  return new TargetError("api-server-answer", `${what}; is it an API server?`);
}
