import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

const configuration = { featureGates: { KubeletAllocatedPodsEndpoint: true } };

interface Pod {
  metadata: { namespace: string; name: string; uid: string };
  spec: object;
  status: object;
}

test("/allocatedPods lists pods without their status, each also by name and UID", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.37", configuration });
  const itemsOf = async (path: string) => (JSON.parse((await kubelet.get(path).expect(200)).text) as { items: Pod[] }).items;
  const [known] = await itemsOf("/pods");
  expect(await itemsOf("/allocatedPods")).toEqual([{ ...known, status: {} }]);
  const { namespace, name, uid } = known?.metadata ?? {};
  const one = await kubelet.get(`/allocatedPods/${namespace}/${name}`).expect(200);
  expect(one.text).toBe(`${JSON.stringify({ kind: "Pod", apiVersion: "v1", ...known, status: {} })}\n`);
  await kubelet.get(`/allocatedPods/${namespace}/${name}/${uid}`).expect(200, one.text);
  await kubelet.get(`/allocatedPods/${namespace}/${name}/other`).expect(404, "pod not found");
  await kubelet.get(`/allocatedPods/${namespace}/absent`).expect(404, "pod not found");
  await kubelet.get(`/allocatedPods/${namespace}`).expect(404, "404: Page Not Found");
  const { text } = await kubelet.get("/metrics").expect(200);
  expect(text).toContain('kubelet_http_requests_total{long_running="false",method="GET",path="allocatedPods",server_type="readwrite"} 6');
});

test("/allocatedPods is not there while its gate is off", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.37" });
  const { status, text } = await kubelet.get("/allocatedPods");
  expect([status, text]).toEqual([404, "404 page not found\n"]);
});
