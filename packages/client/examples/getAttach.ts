import type { Subject } from "./subject.ts";

/** What a container's first process writes next. */
export async function getAttach({ client, namespace, pod, container }: Subject) {
  const { stdout, close } = await client.attach({ namespace, pod, container, stderr: false });
  for await (const chunk of stdout) {
    close();
    return Buffer.from(chunk).toString();
  }
  return undefined;
}
