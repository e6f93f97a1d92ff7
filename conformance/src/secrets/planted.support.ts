import { randomBytes } from "node:crypto";

/** Texts that must not be seen again, by the place where they are planted. */
export interface Canaries {
  in: (place: string) => string;
  /** The places whose texts are in this one, as they are or as base64. */
  foundIn: (text: string) => string[];
}

export function plantCanaries(): Canaries {
  const planted = new Map<string, string>();
  return {
    in: (place) => {
      const text = planted.get(place) ?? `canary-${randomBytes(12).toString("hex")}`;
      planted.set(place, text);
      return text;
    },
    foundIn: (text) =>
      [...planted].flatMap(([place, canary]) =>
        text.includes(canary) || text.includes(Buffer.from(canary).toString("base64").replace(/=+$/, "")) ? [place] : [],
      ),
  };
}

/** A pod with secrets wherever users put them. */
export function plantedPod({ in: secret }: Canaries): object {
  const env = [{ name: "DB_PASSWORD", value: secret("environment") }];
  const spec = {
    containers: [{ name: "web", image: "example.com/web:1", env, command: ["web"], args: [`--password=${secret("argument")}`] }],
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "planted",
      namespace: "default",
      uid: "99999999-2222-3333-4444-555555555555",
      annotations: {
        "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ spec, note: secret("last-applied") }),
        name: secret("annotation"),
      },
      labels: { name: secret("label") },
    },
    spec: {
      ...spec,
      nodeName: "node1",
      containers: spec.containers.map((container) => ({
        ...container,
        livenessProbe: {
          httpGet: { port: 80, path: `/live?key=${secret("probe path")}`, httpHeaders: [{ name: "X-Key", value: secret("probe header") }] },
        },
        lifecycle: { preStop: { exec: { command: ["sh", "-c", secret("hook")] } } },
      })),
    },
    status: {
      phase: "Running",
      message: secret("pod message"),
      containerStatuses: [
        {
          name: "web",
          restartCount: 1,
          image: "example.com/web:1",
          imageID: "",
          containerID: "containerd://0123",
          state: { running: { startedAt: "2026-01-01T00:00:00Z" } },
          lastState: { terminated: { exitCode: 1, message: secret("termination message"), containerID: "containerd://0122" } },
        },
      ],
      initContainerStatuses: [{ name: "init", restartCount: 0, state: { terminated: { exitCode: 0, message: secret("init message") } } }],
    },
  };
}

/** A tar archive of these files. */
export function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).flatMap(([name, content]) => {
    const head = Buffer.alloc(512);
    head.write(name, 0).toString();
    head.write("0000600\0", 100);
    head.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
    head.write("        0", 148);
    head.write("ustar\x0000", 257);
    const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    body.write(content);
    return [head, body];
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}
