import type { Subject } from "./subject.ts";

/** The same for the pod of this UID; one of another is not found. */
export async function getPortForwardByUid({ client, namespace, pod, uid, port }: Subject) {
  const { readable, writable } = await client.portForward({ namespace, pod, uid, port });
  const writer = writable.getWriter();
  await writer.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return new Response(readable).text();
}
