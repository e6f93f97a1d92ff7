import { openSpdy } from "@kubelet-conformance/streaming";
import type { Subject } from "./subject.ts";

/** The same, with a UID that kubelets do not compare. */
export async function postExecByUid({ client, namespace, pod, uid, container }: Subject) {
  const { socket, head } = await client.upgrade("POST", "/exec/{namespace}/{pod}/{uid}/{container}", {
    params: {
      path: { namespace, pod, uid, container },
      query: { command: ["echo", "hello"], output: "1" },
      header: { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": ["v4.channel.k8s.io"] },
    },
  });
  const connection = openSpdy(socket, head);
  await connection.createStream({ streamType: "error" });
  const stdout = await connection.createStream({ streamType: "stdout" });
  let text = "";
  for await (const chunk of stdout) text += String(chunk);
  connection.close();
  return text;
}
