import { setTimeout as delay } from "node:timers/promises";
import { CgroupDriver, connectRuntime, grpcErrorCode, grpcErrorText, type RuntimeClient } from "@kubelet-conformance/cri";
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

/** What a runtime says of itself when the kubelet starts. */
export interface RuntimeGreeting {
  name: string;
  version: string;
  /** Undefined: not asked, or the runtime does not say. */
  cgroupDriver: "systemd" | "cgroupfs" | undefined;
}

export interface GreetOptions {
  minor: string;
  /** The kubelet's seconds to one of the world's. */
  timeScale: number;
}

/** Asks what a kubelet asks before it starts a pod. Throws RuntimeUnusableError; a real kubelet exits. */
export async function greetRuntime(
  { runtime, image }: RuntimeClient,
  operations: RuntimeOperations,
  { minor, timeScale }: GreetOptions,
): Promise<RuntimeGreeting> {
  try {
    const { version, runtimeName, runtimeVersion, runtimeApiVersion } = await operations.run("version", () => runtime.version({}));
    await operations.run("image_fs_info", () => image.imageFsInfo({}));
    const cgroupDriver = behaviour("runtime-config-call", minor)
      ? await driverOf(() => operations.run("runtime_config", () => runtime.runtimeConfig({})), timeScale)
      : undefined;
    if ([version, runtimeName, runtimeVersion, runtimeApiVersion].includes(""))
      throw new RuntimeUnusableError("not all fields are set in VersionResponse");
    if (version !== kubeletApi) throw new RuntimeUnusableError(`runtime api version ${version} is not supported; it must be ${kubeletApi}`);
    await operations.run("status", () => runtime.status({}));
    return { name: runtimeName, version: runtimeVersion, cgroupDriver };
  } catch (cause) {
    const reason = cause instanceof RuntimeUnusableError ? cause.message : grpcErrorText(cause);
    throw new RuntimeUnusableError(`the container runtime is not usable: ${reason}`, { cause });
  }
}

/** kubeRuntimeAPIVersion of pkg/kubelet/kuberuntime: the same since the beginning. */
const kubeletApi = "0.1.0";
const tries = 3;
const tryAgainMs = 2000;

/** getCgroupDriverFromCRI of cmd/kubelet/app/server.go. */
async function driverOf(
  ask: () => ReturnType<RuntimeClient["runtime"]["runtimeConfig"]>,
  timeScale: number,
): Promise<RuntimeGreeting["cgroupDriver"]> {
  let problem: unknown;
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const { linux } = await ask();
      if (linux === undefined) return undefined;
      if (linux.cgroupDriver === CgroupDriver.SYSTEMD) return "systemd";
      if (linux.cgroupDriver === CgroupDriver.CGROUPFS) return "cgroupfs";
      throw new RuntimeUnusableError(`runtime returned an unknown cgroup driver ${String(linux.cgroupDriver)}`);
    } catch (error) {
      if (error instanceof RuntimeUnusableError) throw error;
      if (grpcErrorCode(error) === "Unimplemented") return undefined;
      problem = error;
      await delay(tryAgainMs / timeScale);
    }
  }
  throw problem;
}
