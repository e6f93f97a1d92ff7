import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningKubelet } from "@kubelet-conformance/reference-server";
import type { Specification } from "../specification.ts";
import type { Relay } from "../relay.ts";

/** The reference kubelet behind the mock, which answers what streams. */
export interface ReferenceKubelet extends Relay {
  close(): Promise<void>;
}

/** It runs the pods of the spec's examples, by the same names, and is loaded when the first stream is asked for. */
export function createReferenceKubelet(specification: () => Specification): ReferenceKubelet {
  let started: Promise<{ kubelet: RunningKubelet; directory: string }> | undefined;
  return {
    name: "reference kubelet",
    async upstream() {
      started ??= start(specification());
      const { kubelet } = await started;
      const { urls, caCertificate, adminCredentials } = kubelet;
      return { url: urls.main, ca: caCertificate, ...adminCredentials };
    },
    async close() {
      // What failed to start has left nothing behind.
      const running = await started?.catch(() => undefined);
      await running?.kubelet.stop();
      if (running) await rm(running.directory, { recursive: true, force: true });
    },
  };
}

async function start({ minor, operations }: Specification): Promise<{ kubelet: RunningKubelet; directory: string }> {
  const [{ startKubelet }, { makeTemporaryDirectory }] = await Promise.all([
    import("@kubelet-conformance/reference-server"),
    import("@kubelet-conformance/reference-server/temporary-directory"),
  ]);
  const directory = await makeTemporaryDirectory("mock-kubelet-");
  try {
    const pods = examplePods(operations);
    for (const pod of pods) await writeFile(join(directory, `${pod.metadata.name}.json`), JSON.stringify(pod));
    const nodeName = pods[0]?.spec.nodeName;
    const kubelet = await startKubelet({
      kubernetesVersion: minor,
      apiPodPath: directory,
      ...(nodeName === undefined ? {} : { hostnameOverride: nodeName }),
    });
    await kubelet.settled;
    return { kubelet, directory };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

interface ExamplePod {
  metadata: { name: string };
  spec: { nodeName: string };
}

function examplePods(operations: Specification["operations"]): ExamplePod[] {
  const examples = operations.find(({ operationId }) => operationId === "getPods")?.examples ?? [];
  // The spec's tests hold its examples against the schema of a PodList.
  const list = examples.find(({ code }) => code === 200)?.value as { items: ExamplePod[] } | undefined;
  // Lists leave out what their items are.
  return (list?.items ?? []).map((pod) => ({ apiVersion: "v1", kind: "Pod", ...pod }));
}
