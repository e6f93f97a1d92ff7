import type { Subject } from "./subject.ts";

/** Asks a web server in the pod. */
export async function getPortForward({ client, namespace, pod, port }: Subject) {
  const { readable, writable } = await client.portForward({ namespace, pod, port });
  const writer = writable.getWriter();
  await writer.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return new Response(readable).text();
}
