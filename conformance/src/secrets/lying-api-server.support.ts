import https from "node:https";
import { serve } from "./serve.support.ts";

/**
 * An API server with one node, `live`, whose kubelet is at `kubelet`, also through the node proxy. It gives the request's own Authorization header back
 * wherever it can, also as the name of whom it refuses the node proxy.
 */
export async function lieAsApiServer(kubelet: string, serving: { cert: string; key: string }, refusesProxy: boolean) {
  const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
  const { hostname, port: kubeletPort } = new URL(kubelet);
  const server = https.createServer({ ...serving, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const own = headers.authorization ?? "nobody";
    const node = {
      kind: "Node",
      apiVersion: "v1",
      metadata: { name: "live", uid: own, labels: { "kubernetes.io/hostname": own }, annotations: { seen: own } },
      spec: {},
      status: {
        nodeInfo: { kubeletVersion: "v1.36.4", containerRuntimeVersion: `containerd://2.1.4`, osImage: own },
        addresses: [{ type: "InternalIP", address: hostname }],
        daemonEndpoints: { kubeletEndpoint: { Port: Number(kubeletPort) } },
        conditions: [{ type: "Ready", status: "False", reason: own, message: `you are ${own}` }],
      },
    };
    const through = /^\/api\/v1\/nodes\/live\/proxy(\/.*)$/.exec(url)?.[1];
    if (through !== undefined && refusesProxy) {
      const message = `nodes "live" is forbidden: User "${own}" cannot get resource "nodes/proxy" in API group "" at the cluster scope`;
      response
        .writeHead(403, { "Content-Type": "application/json" })
        .end(JSON.stringify({ kind: "Status", apiVersion: "v1", message, code: 403 }));
    } else if (through !== undefined) {
      const upstream = https.request(kubelet, { method, path: through, headers, agent }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.statusMessage, answer.headers);
        answer.pipe(response);
      });
      upstream.on("error", () => response.destroy());
      request.pipe(upstream);
    } else if (url === "/api/v1/nodes/live") response.end(JSON.stringify(node));
    else if (url.startsWith("/api/v1/nodes?"))
      response.end(JSON.stringify({ kind: "NodeList", apiVersion: "v1", metadata: {}, items: [node] }));
    else
      response
        .writeHead(403, `you are ${own}`, { "X-Echo": own })
        .end(JSON.stringify({ kind: "Status", apiVersion: "v1", message: `who is ${own}?` }));
  });
  return serve(server, agent);
}
