import { connectRuntime, grpcErrorText, type RuntimeClient } from "@kubelet-conformance/cri";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { behaviour } from "@kubelet-conformance/types";
import type { Closers } from "./closers.ts";
import type { RuntimeOperations } from "./metrics/runtime-operations.ts";

/** The runtime at a `unix://` endpoint, else a double in this process; what is opened is closed with the kubelet. */
export async function openRuntime(endpoint: string | undefined, closers: Closers): Promise<RuntimeClient> {
  if (endpoint !== undefined) {
    const client = await connectRuntime(endpoint);
    closers.add(() => client.close());
    return client;
  }
  const double = new RuntimeDouble();
  closers.add(() => double.close());
  return double.client();
}

/** A runtime that answers, but not as a kubelet needs it. */
export class RuntimeUnusableError extends Error {
  readonly code = "KUBELET_RUNTIME";
}

/** Asks what a kubelet asks before it starts a pod. Throws RuntimeUnusableError; a real kubelet exits. */
export async function greetRuntime(
  { runtime, image }: RuntimeClient,
  operations: RuntimeOperations,
  minor: string,
): Promise<{ name: string; version: string }> {
  try {
    const { runtimeName, runtimeVersion } = await operations.run("version", () => runtime.version({}));
    await operations.run("image_fs_info", () => image.imageFsInfo({}));
    if (behaviour("runtime-config-call", minor)) {
      // The answer is the cgroup driver, which nothing here depends on; a runtime may well not implement it.
      await operations.run("runtime_config", () => runtime.runtimeConfig({})).catch(() => undefined);
    }
    await operations.run("status", () => runtime.status({}));
    return { name: runtimeName, version: runtimeVersion };
  } catch (cause) {
    throw new RuntimeUnusableError(`the container runtime is not usable: ${grpcErrorText(cause)}`, { cause });
  }
}
