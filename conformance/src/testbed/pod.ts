/** The pod that every scenario runs: a container of each kind that requirements name. No image is pulled, no program needs one. */
export const podImage = "localhost/busybox:1";
const image = { image: podImage, imagePullPolicy: "Never" };

export const podName = "testbed";
export const podNamespace = "default";

export const podManifest = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: podName, namespace: podNamespace },
  spec: {
    hostNetwork: true,
    terminationGracePeriodSeconds: 0,
    initContainers: [{ name: "ended", ...image, command: ["sh", "-c", "echo done; echo failed >&2; echo over"] }],
    containers: [
      // Fast, because checks wait for its next line.
      { name: "running", ...image, command: ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 0.1; done"] },
      { name: "second", ...image, command: ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done"] },
      {
        name: "restarted",
        ...image,
        command: ["sh", "-c", "if [ -e /state/once ]; then exec sleep 1000000; fi; touch /state/once; echo before; exit 1"],
        volumeMounts: [{ name: "state", mountPath: "/state" }],
      },
      { name: "waiting", image: "localhost/absent:1", imagePullPolicy: "Never", command: ["sh"] },
    ],
    volumes: [{ name: "state", emptyDir: {} }],
  },
} as const;

/** The pod's manifest with its containers' image replaced by one that a real runtime has. */
export function manifestWith(name: string): string {
  return JSON.stringify(podManifest, (_key, value: unknown) => (value === podImage ? name : value));
}
