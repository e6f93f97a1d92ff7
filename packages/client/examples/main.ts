/**
 * Runs examples against a kubelet of yours and prints what they found:
 *
 *     KUBELET=https://10.0.0.7:10250 CA=ca.pem TOKEN_FILE=token CONTAINER=default/web-node1/nginx PORT=80 node main.ts getPods getExec
 *
 * Without CA any certificate will do. KUBECONFIG with NODE in place of KUBELET goes through the API server.
 */
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { createKubeletClient } from "@kubelet-conformance/client";
import { examples } from "./index.ts";

const { KUBELET, KUBECONFIG, NODE = "", CA, TOKEN_FILE, CERTIFICATE, KEY, CONTAINER = "", PORT = "80" } = process.env;
const client = await createKubeletClient(
  KUBELET === undefined
    ? { kubeconfig: KUBECONFIG ?? "kubeconfig", node: NODE }
    : {
        server: KUBELET,
        ...(CA === undefined ? { insecureSkipTlsVerify: true } : { ca: readFileSync(CA) }),
        ...(TOKEN_FILE === undefined ? {} : { tokenFile: TOKEN_FILE }),
        ...(CERTIFICATE === undefined || KEY === undefined
          ? {}
          : { clientCertificate: readFileSync(CERTIFICATE), clientKey: readFileSync(KEY) }),
      },
);
const [namespace = "", pod = "", container = ""] = CONTAINER.split("/");
const { data } = await client.GET("/pods");
const known = data?.items?.find(({ metadata }) => metadata.namespace === namespace && metadata.name === pod);
const subject = { client, namespace, pod, container, uid: known?.metadata.uid ?? "", port: Number(PORT) };
for (const [name, example] of Object.entries(examples)) {
  if (process.argv.length > 2 && !process.argv.includes(name)) continue;
  console.log(name, inspect(await example(subject).catch(String), { maxStringLength: 500, maxArrayLength: 10 }));
}
client.close();
