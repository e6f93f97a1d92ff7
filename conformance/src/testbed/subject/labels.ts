import { podName } from "../pod.ts";

export const nodeName = "testbed-node";
/** The pod's name, as the kubelet of this node makes it. */
export const nameOnNode = `${podName}-${nodeName}`;

/** Labels that kubelets put on their sandboxes and containers (k8s.io/kubelet/pkg/types). */
export const nameLabel = "io.kubernetes.pod.name";
export const uidLabel = "io.kubernetes.pod.uid";
export const containerLabel = "io.kubernetes.container.name";
