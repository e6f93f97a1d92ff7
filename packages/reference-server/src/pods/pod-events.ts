import { behaviour } from "@kubelet-conformance/types";
import type { EventRecorder, ObjectReference } from "../node/events.ts";
import type { Container, Pod } from "./pod.ts";

/** Tells what happens to a pod's containers. */
export interface PodEvents {
  pulled(pod: Pod, container: Container): void;
  pulling(pod: Pod, container: Container): void;
  /** Its image is there now. */
  pulledAnew(pod: Pod, container: Container, milliseconds: number, bytes: bigint): void;
  created(pod: Pod, container: Container): void;
  started(pod: Pod, container: Container): void;
  killing(pod: Pod, container: Container): void;
  /** Its sandbox has to wait. */
  networkNotReady(pod: Pod, problem: string): void;
  /** A warning in the kubelet's own words. */
  warn(pod: Pod, container: Container, reason: string, message: string): void;
}

/** Without a recorder nobody is told. */
export function createPodEvents(minor: string, recorder: EventRecorder | undefined): PodEvents {
  const texts = behaviour("node-events", minor);
  const fill = (text: string, { name, image }: Container) => text.replace("{name}", name).replace("{image}", image);
  const tell = (pod: Pod, container: Container, type: "Normal" | "Warning", reason: string, message: string) =>
    recorder?.record(referenceTo(pod, container), type, reason, message);
  return {
    pulled: (pod, container) => tell(pod, container, "Normal", "Pulled", fill(texts.pulled, container)),
    pulling: (pod, container) => tell(pod, container, "Normal", "Pulling", `Pulling image "${container.image}"`),
    pulledAnew: (pod, container, milliseconds, bytes) => {
      const time = milliseconds < 1000 ? `${Math.round(milliseconds)}ms` : `${Number((milliseconds / 1000).toFixed(3))}s`;
      const text = `Successfully pulled image "${container.image}" in ${time} (${time} including waiting). Image size: ${bytes} bytes.`;
      tell(pod, container, "Normal", "Pulled", text);
    },
    created: (pod, container) => tell(pod, container, "Normal", "Created", fill(texts.created, container)),
    started: (pod, container) => tell(pod, container, "Normal", "Started", fill(texts.started, container)),
    killing: (pod, container) => tell(pod, container, "Normal", "Killing", `Stopping container ${container.name}`),
    networkNotReady: (pod, problem) => recorder?.record(referenceTo(pod), "Warning", "NetworkNotReady", `network is not ready: ${problem}`),
    warn: (pod, container, reason, message) => tell(pod, container, "Warning", reason, message),
  };
}

function referenceTo({ metadata, spec }: Pod, container?: Container): ObjectReference {
  const version = metadata["resourceVersion"];
  const isIn = (list: readonly Container[] | undefined) => list?.some(({ name }) => name === container?.name) === true;
  const list = isIn(spec.initContainers) ? "initContainers" : isIn(spec.ephemeralContainers) ? "ephemeralContainers" : "containers";
  return {
    kind: "Pod",
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    apiVersion: "v1",
    ...(typeof version === "string" ? { resourceVersion: version } : {}),
    ...(container === undefined ? {} : { fieldPath: `spec.${list}{${container.name}}` }),
  };
}
