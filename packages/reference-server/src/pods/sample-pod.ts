const image = "localhost/busybox:1";
const common = { image, imagePullPolicy: "Never" };

/**
 * What a kubelet without a manifest directory serves: a container that ended, one that runs, one that cannot start and one with a terminal,
 * so that every answer about containers can be had.
 */
export const samplePod: unknown = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "sample", namespace: "default", labels: { app: "sample" } },
  spec: {
    hostNetwork: true,
    terminationGracePeriodSeconds: 0,
    initContainers: [{ name: "init", ...common, command: ["sh", "-c", "echo init done"] }],
    containers: [
      {
        name: "counter",
        ...common,
        command: ["sh", "-c", "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done"],
      },
      { name: "waiting", image: "localhost/absent:1", imagePullPolicy: "Never", command: ["sh"] },
      { name: "tty", ...common, tty: true, stdin: true, command: ["sh", "-c", "cat"] },
    ],
  },
};
