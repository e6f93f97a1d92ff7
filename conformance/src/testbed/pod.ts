/** The pod that every scenario runs: a container of each kind that requirements name. No image is pulled, no program needs one. */
const image = { image: "localhost/busybox:1", imagePullPolicy: "Never" };

export const podName = "testbed";
export const podNamespace = "default";

export const podManifest = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: podName, namespace: podNamespace },
  spec: {
    hostNetwork: true,
    terminationGracePeriodSeconds: 0,
    initContainers: [{ name: "ended", ...image, command: ["sh", "-c", "echo done"] }],
    containers: [
      { name: "running", ...image, command: ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done"] },
      { name: "waiting", image: "localhost/absent:1", imagePullPolicy: "Never", command: ["sh"] },
    ],
  },
} as const;
