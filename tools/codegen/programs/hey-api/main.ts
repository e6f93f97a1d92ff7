import { checkpointContainer, getHealthz, getPods } from "./kubelet/index.js";
import { client } from "./kubelet/client.gen.js";

// NODE_EXTRA_CA_CERTS makes fetch trust the kubelet's certificate.
client.setConfig({ baseUrl: process.env["KUBELET_SERVER"] as "https://localhost:10250", auth: () => process.env["KUBELET_TOKEN"] });

const { data: health } = await getHealthz();
const { data: pods } = await getPods({ throwOnError: true });
const { error, response } = await checkpointContainer({ path: { namespace: "default", pod: "no-such-pod", container: "none" } });
const refusal: string | undefined = typeof error === "string" ? error : undefined;

console.log(`healthz: ${health}`);
console.log(`pods: ${(pods.items ?? []).map(({ metadata }) => metadata.name).join(" ")}`);
console.log(`checkpoint: ${response?.status} ${refusal?.trimEnd()}`);
