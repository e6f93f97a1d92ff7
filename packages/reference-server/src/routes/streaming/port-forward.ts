import { PodSandboxState } from "@kubelet-conformance/cri";
import { quote } from "../../http/bytes.ts";
import { plain } from "../../http/answers.ts";
import type { KubeletAnswer } from "../../http/message.ts";
import { parseQuery } from "../../http/target.ts";
import type { Pod } from "../../pods/pod.ts";
import { podLabels } from "../../pods/runtime-requests.ts";
import type { KubeletState } from "../../state.ts";
import type { RouteHandler } from "../route-handler.ts";
import { proxyUpgrade } from "./proxy.ts";
import { runtimeError } from "./runtime-error.ts";
import { tunneledProtocols, tunnelSpdy } from "./tunnel.ts";
import { isWebSocket } from "./upgrade-request.ts";

/** GET and POST /portForward/{podNamespace}/{podID}[/{uid}]. */
export const portForward: RouteHandler = async ({ kubelet, request, target, parameters }): Promise<KubeletAnswer> => {
  const { podNamespace = "", podID = "", uid } = parameters;
  const isTunnel = kubelet.gates.enabled("ExtendWebSocketsToKubelet") && isWebSocket(request) && tunneledProtocols(request).length > 0;
  const asked = isWebSocket(request) && !isTunnel ? readPorts(parseQuery(target.rawQuery).values("port")) : [];
  if (typeof asked === "string") return plain(400, asked);
  const state = kubelet.pods.find(podNamespace, podID);
  if (state === undefined) return plain(404, "pod does not exist");
  if (uid !== undefined && uid !== state.pod.metadata.uid) return plain(404, "pod not found");
  let url: string;
  try {
    const found = await readySandbox(kubelet, state.pod);
    if (typeof found === "object") return plain(500, found.problem);
    const { client, operations } = kubelet.runtime;
    url = (await operations.run("port_forward", () => client.runtime.portForward({ podSandboxId: found, port: asked }))).url;
  } catch (error) {
    return runtimeError(error);
  }
  if (!isTunnel) return proxyUpgrade(request, url);
  kubelet.webSocketRequests.add("portforward");
  return tunnelSpdy(request, url);
};

/** The pod's newest sandbox that is ready. */
async function readySandbox({ runtime }: KubeletState, { metadata }: Pod): Promise<string | { problem: string }> {
  const { items } = await runtime.operations.run("list_podsandbox", () => runtime.client.runtime.listPodSandbox({}));
  const ready = items.filter(({ state }) => state === PodSandboxState.SANDBOX_READY);
  const { name, namespace, uid } = metadata;
  const isOfPod = ready.some(({ labels }) => labels[podLabels.name] === name && labels[podLabels.namespace] === namespace);
  if (!isOfPod) return { problem: `pod not found (${quote(`${name}_${namespace}`)})` };
  const own = ready.filter(({ labels }) => labels[podLabels.uid] === uid).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return own[0]?.id ?? { problem: `failed to find sandboxID for pod ${name}_${namespace}(${uid})` };
}

/** The ports of a WebSocket request, or what is wrong with them (portforward.NewV4Options). */
function readPorts(values: readonly string[]): number[] | string {
  if (values.length === 0) return 'query parameter "port" is required';
  const ports: number[] = [];
  for (const value of values) {
    if (value === "") return 'query parameter "port" cannot be empty';
    for (const text of value.split(",")) {
      const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      const why = Number.isNaN(port) ? "invalid syntax" : port > 65_535 ? "value out of range" : undefined;
      if (why !== undefined) return `unable to parse ${quote(value)} as a port: strconv.ParseUint: parsing ${quote(text)}: ${why}`;
      if (port === 0) return `port ${quote(value)} must be > 0`;
      ports.push(port);
    }
  }
  return ports;
}
