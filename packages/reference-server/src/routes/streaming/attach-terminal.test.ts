import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory, testKubelet } from "../../kubelet.test.support.ts";

const container = (name: string) => ({
  name,
  image: "localhost/busybox:1",
  imagePullPolicy: "Never",
  command: ["sh", "-c", "sleep 100000"],
});
const withTerminal = (name: string) => ({ ...container(name), stdin: true, tty: true });
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "api", namespace: "default", uid: "ce32a397-541c-4308-a7fa-6c17cdd9947c" },
  spec: {
    hostNetwork: true,
    initContainers: [{ ...withTerminal("sidecar"), restartPolicy: "Always" }],
    containers: [withTerminal("main"), container("without")],
    ephemeralContainers: [withTerminal("ephemeral")],
  },
};

test("attach tells the runtime of the terminal of a container of whichever kind", async () => {
  const path = join(await temporaryDirectory(), "pod.json");
  await writeFile(path, JSON.stringify(pod));
  const kubelet = await testKubelet({ kubernetesVersion: "1.36", apiPodPath: path });
  // Refused, since it is no upgrade; by then the runtime was asked.
  for (const name of ["sidecar", "main", "without", "ephemeral"]) await kubelet.get(`/attach/default/api/${name}?output=1`);
  const asked = kubelet.double.calls.filter(({ method }) => method === "Attach").map(({ request }) => request["tty"]);
  expect(asked).toEqual([true, true, false, true]);
});
