// double-archives.ts DIRECTORY: writes an archive of the runtime double there in each layout, for other programs to read.
import { join } from "node:path";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";

const directory = process.argv[2];
if (directory === undefined) throw new Error("usage: double-archives.ts DIRECTORY");
for (const archiveLayout of ["containerd", "cri-o"] as const) {
  const double = new RuntimeDouble({ archiveLayout });
  const { runtime } = double.client();
  const { podSandboxId } = await runtime.runPodSandbox({
    config: { metadata: { name: "counter", namespace: "default", uid: "1", attempt: 0 } },
  });
  const { containerId } = await runtime.createContainer({
    podSandboxId,
    config: { metadata: { name: "app" }, image: { image: "localhost/busybox:1" }, command: ["sleep", "1000000"] },
  });
  await runtime.startContainer({ containerId });
  await runtime.checkpointContainer({ containerId, location: join(directory, `${archiveLayout}.tar`) });
  await double.close();
}
