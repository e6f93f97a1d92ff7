import type { Subject } from "./subject.ts";

/** The first two lines of a followed log; leaving the loop ends the request. */
export async function getContainerLogs({ client, namespace, pod, container }: Subject) {
  const lines: string[] = [];
  for await (const line of client.containerLogs({ namespace, pod, container, follow: true, timestamps: true })) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  return lines;
}
