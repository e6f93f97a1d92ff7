import type { components, paths } from "./kubelet.js";

const { KUBELET_SERVER: server, KUBELET_TOKEN: token } = process.env;

// NODE_EXTRA_CA_CERTS makes fetch trust the kubelet's certificate.
const ask = (method: string, path: keyof paths | `/checkpoint/${string}/${string}/${string}`): Promise<Response> =>
  fetch(`${server}${path}`, { method, headers: { authorization: `Bearer ${token}` } });

type Pods = paths["/pods"]["get"]["responses"][200]["content"]["application/json"];
type Refusal = paths["/checkpoint/{namespace}/{pod}/{container}"]["post"]["responses"][404]["content"]["text/plain"];

const health: components["schemas"]["Text"] = await (await ask("GET", "/healthz")).text();
const pods = (await (await ask("GET", "/pods")).json()) as Pods;
const answer = await ask("POST", "/checkpoint/default/no-such-pod/none");
const refusal: Refusal = await answer.text();

console.log(`healthz: ${health}`);
console.log(`pods: ${(pods.items ?? []).map(({ metadata }) => metadata.name).join(" ")}`);
console.log(`checkpoint: ${answer.status} ${refusal.trimEnd()}`);
