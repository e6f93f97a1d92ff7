import { openSpdy } from "@kubelet-conformance/streaming";
import type { Subject } from "./subject.ts";

/** The same for the pod of this UID. */
export async function postPortForwardByUid({ client, namespace, pod, uid, port }: Subject) {
  const { socket, head } = await client.upgrade("POST", "/portForward/{namespace}/{pod}/{uid}", {
    params: {
      path: { namespace, pod, uid },
      header: { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": ["portforward.k8s.io"] },
    },
  });
  const connection = openSpdy(socket, head);
  await connection.createStream({ streamType: "error", port: String(port), requestID: "0" });
  const data = await connection.createStream({ streamType: "data", port: String(port), requestID: "0" });
  data.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  let text = "";
  for await (const chunk of data) text += String(chunk);
  connection.close();
  return text;
}
