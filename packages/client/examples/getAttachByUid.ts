import type { Subject } from "./subject.ts";

/** The same for the pod of this UID, and for none of the same name that came after it. */
export async function getAttachByUid({ client, namespace, pod, uid, container }: Subject) {
  const { stdout, close } = await client.attach({ namespace, pod, uid, container, stderr: false });
  for await (const chunk of stdout) {
    close();
    return Buffer.from(chunk).toString();
  }
  return undefined;
}
