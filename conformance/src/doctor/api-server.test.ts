import { createAuthority } from "@kubelet-conformance/control-plane";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { cli, scratch } from "../cli/cli.support.ts";
import { examineJson } from "./doctor.support.ts";

const files = await scratch();
afterAll(() => files.remove());
const authority = await createAuthority({ commonName: "cluster-ca" });
const credentials = authority.issue({ commonName: "server", names: ["127.0.0.1"], usage: "server" });

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(credentials, answer);
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // It listens on TCP.
  return (server.address() as AddressInfo).port;
}

/** An API server with one node, whose kubelet listens on this port, and what it says to the rest. */
async function apiServer(kubeletPort: number, rest: RequestListener): Promise<string> {
  const node = {
    metadata: { name: "node-1" },
    spec: {},
    status: {
      nodeInfo: { kubeletVersion: "v1.36.4", containerRuntimeVersion: "containerd://2.1.4" },
      addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
      daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
    },
  };
  const port = await serve((request, response) => {
    if (request.url?.startsWith("/api/v1/nodes?") === true) response.end(JSON.stringify({ kind: "NodeList", metadata: {}, items: [node] }));
    else rest(request, response);
  });
  return files.file(
    "kubeconfig",
    JSON.stringify({
      clusters: [
        {
          name: "c",
          cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority-data": Buffer.from(authority.cert).toString("base64") },
        },
      ],
      users: [{ name: "u", user: { token: "planted-secret" } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    }),
  );
}

test("a user whom the API server does not let through to kubelets learns what it takes", async () => {
  const message = 'nodes "node-1" is forbidden: User "reader" cannot get resource "nodes/proxy" in API group "" at the cluster scope';
  const kubeconfig = await apiServer(1, (_, response) => {
    response.writeHead(403, { "Content-Type": "application/json" }).end(JSON.stringify({ kind: "Status", apiVersion: "v1", message }));
  });
  const { of, code } = await examineJson(["--kubeconfig", kubeconfig]);
  const found = of("proxy.forbidden");
  expect(found).toMatchObject({ level: "note", owner: "cluster-administrator" });
  const [role] = parseAllDocuments(found.steps[0]?.manifest ?? "").map((document) => document.toJS());
  expect(role.rules).toEqual([{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }]);
  expect(code).toBe(0);
});

test("an API server that never answers about a kubelet does not keep the doctor", async () => {
  const kubeconfig = await apiServer(1, () => {});
  const { of } = await examineJson(["--kubeconfig", kubeconfig, "--timeout", "0.4"]);
  expect(of("proxy.unreachable").text).toContain("it gives no answer in time");
});

test("the kubeconfig's token is not written when a kubelet sends it back", async () => {
  const kubelet = await serve((request, response) => {
    response
      .writeHead(403)
      .end(`Forbidden (user=${request.headers.authorization}, verb=get, resource=nodes, subresource(s)=[pods proxy])\n`);
  });
  const kubeconfig = await apiServer(kubelet, (_, response) => void response.writeHead(404).end());
  for (const output of ["text", "json"]) {
    const { out } = await cli(["doctor", "--kubeconfig", kubeconfig, "--direct", "--output", output]);
    expect(out).toContain("403: ");
    expect(out).not.toContain("planted-secret");
  }
});
