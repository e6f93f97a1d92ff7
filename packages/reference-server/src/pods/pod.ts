/** A pod as manifests and /pods write it: the members that this kubelet acts on, open to the rest. */
export interface Pod {
  metadata: PodMetadata;
  spec: PodSpec;
  /** As the API server last had it; none of pods that it does not know. */
  status?: unknown;
}

export interface PodMetadata {
  name: string;
  namespace: string;
  uid: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  readonly [member: string]: unknown;
}

export interface PodSpec {
  initContainers?: Container[];
  containers: Container[];
  ephemeralContainers?: Container[];
  restartPolicy: "Always" | "OnFailure" | "Never";
  hostNetwork?: boolean;
  terminationGracePeriodSeconds?: number;
  hostname?: string;
  readonly [member: string]: unknown;
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  workingDir?: string;
  env?: { name: string; value?: string }[];
  imagePullPolicy: "Always" | "IfNotPresent" | "Never";
  /** Always makes an init container a sidecar: the pod goes on beside it. */
  restartPolicy?: string;
  stdin?: boolean;
  stdinOnce?: boolean;
  tty?: boolean;
  readonly [member: string]: unknown;
}

/** `pod_namespace`, the kubelet's name for a pod across namespaces. */
export function podKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** A container of the spec, of whichever kind; checkpoints look through the kinds in this order. */
export function containerNamed({ spec }: Pod, name: string): Container | undefined {
  return [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].find(
    (container) => container.name === name,
  );
}
