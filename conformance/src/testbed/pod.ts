/** The pod that every scenario runs: a container of each kind that requirements name. No image is pulled, no program needs one. */
export const podImage = "localhost/busybox:1";
/** What a shell takes in one variable at a time; it needs several copies of the last one. A power of two. */
const pieceMiB = 16;
const image = { image: podImage, imagePullPolicy: "Never" };

export const podName = "testbed";
export const podNamespace = "default";

function ticking(seconds: number): string {
  return `i=0; while true; do echo tick $i; i=$((i+1)); sleep ${seconds}; done`;
}

const commands = {
  // Fast, because checks wait for its next line.
  running: ["sh", "-c", ticking(0.1)],
  second: ["sh", "-c", ticking(1)],
};

export const podManifest = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: podName, namespace: podNamespace },
  spec: {
    hostNetwork: true,
    terminationGracePeriodSeconds: 0,
    initContainers: [
      { name: "ended", ...image, command: ["sh", "-c", "echo done; echo failed >&2; echo over"] },
      // Runtimes write a line in pieces of 16 KiB: this one in three.
      { name: "long", ...image, command: ["sh", "-c", "echo short; printf '%040000d\\n' 7"] },
    ],
    containers: [
      { name: "running", ...image, command: commands.running },
      { name: "second", ...image, command: commands.second },
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

/** The pod's manifest with its containers' image replaced by one that a real runtime has, and memory for the opted-in container to hold. */
export function manifestWith(name: string, memoryMiB = 0): string {
  const { running } = commands;
  const own = memoryMiB === 0 ? running : ["sh", "-c", holding(memoryMiB, ticking(0.1))];
  return JSON.stringify(podManifest, (_key, value: unknown) => (value === podImage ? name : value === running ? own : value));
}

/**
 * A shell that fills variables and keeps them, and only then one beside it that ticks. The second is small, so that the programs it starts
 * share none of that memory, not even for the moment between fork and exec.
 */
function holding(memoryMiB: number, loop: string): string {
  return `{ b=0123456789abcdef; while [ \${#b} -lt ${pieceMiB * 1024 * 1024} ]; do b=$b$b; done; n=1
while [ $n -lt ${Math.ceil(memoryMiB / pieceMiB)} ]; do eval "m$n=\\$b"; n=$((n+1)); done
echo full; while true; do sleep 1000; done; } | { read full; ${loop}; }`;
}
