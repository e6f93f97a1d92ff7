import { PassThrough, Duplex } from "node:stream";
import { NamespaceMode, PodSandboxState, Protocol } from "../../generated/runtime/v1/api_pb.ts";
import type { RuntimeState, SandboxRecord } from "../state.ts";

/** Something listens here in every simulated pod, whatever its containers declare. */
const ALWAYS_OPEN = 8080;

/** A connection to a port inside a simulated pod; throws in containerd's words when nothing listens there. */
export function connectToPod(state: RuntimeState, sandboxId: string, port: number): Duplex {
  const sandbox = state.sandboxes.get(sandboxId);
  if (sandbox === undefined || sandbox.state !== PodSandboxState.SANDBOX_READY) {
    throw new Error(`failed to find sandbox "${sandboxId}" in store: not found`);
  }
  if (isOpen(sandbox, port)) return webServer(sandbox.config.metadata?.name ?? "");
  const refused = `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `;
  throw new Error(
    `failed to execute portforward in network namespace "${namespacePath(sandbox)}": ` +
      `failed to connect to localhost:${port} inside namespace "${sandboxId}", ${refused}`,
  );
}

function isOpen({ config }: SandboxRecord, port: number): boolean {
  return port === ALWAYS_OPEN || config.portMappings.some((each) => each.containerPort === port && each.protocol === Protocol.TCP);
}

function namespacePath({ config, id }: SandboxRecord): string {
  const network = config.linux?.securityContext?.namespaceOptions?.network;
  return network === NamespaceMode.NODE ? "host" : `/var/run/netns/cni-${id.slice(0, 36)}`;
}

/** A web server that greets in the pod's name: one 200 for each request, as long as the client keeps the connection. */
function webServer(podName: string): Duplex {
  const requests = new PassThrough();
  const answers = new PassThrough();
  let unread = "";
  requests.on("data", (bytes: Buffer) => {
    unread += bytes.toString("latin1");
    for (let end = unread.indexOf("\r\n\r\n"); end >= 0; end = unread.indexOf("\r\n\r\n")) {
      const head = unread.slice(0, end);
      unread = unread.slice(end + 4);
      const isLast = /^connection: *close$/im.test(head) || /^\S+ \S+ HTTP\/1\.0/.test(head);
      answers.write(answerTo(head, podName, isLast));
      if (isLast) answers.end();
    }
  });
  requests.on("end", () => answers.end());
  return Duplex.from({ readable: answers, writable: requests });
}

function answerTo(head: string, podName: string, isLast: boolean): string {
  const isRequest = /^[A-Z]+ \S+ HTTP\/1\.[01]$/m.test(head);
  const body = isRequest ? `hello from ${podName}\n` : "bad request\n";
  const headers = `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${isLast ? "Connection: close\r\n" : ""}`;
  return `HTTP/1.1 ${isRequest ? "200 OK" : "400 Bad Request"}\r\n${headers}\r\n${head.startsWith("HEAD ") ? "" : body}`;
}
