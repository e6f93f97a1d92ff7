import { openSpdy } from "@kubelet-conformance/streaming";
import type { Subject } from "./subject.ts";

/** What a container's first process writes next, over SPDY. */
export async function postAttach({ client, namespace, pod, container }: Subject) {
  const { socket, head } = await client.upgrade("POST", "/attach/{namespace}/{pod}/{container}", {
    params: {
      path: { namespace, pod, container },
      query: { output: "1" },
      header: { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": ["v4.channel.k8s.io"] },
    },
  });
  const connection = openSpdy(socket, head);
  await connection.createStream({ streamType: "error" });
  const stdout = await connection.createStream({ streamType: "stdout" });
  for await (const chunk of stdout) {
    connection.close();
    return String(chunk);
  }
  return undefined;
}
