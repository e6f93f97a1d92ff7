import type { Subject } from "./subject.ts";

/** Checkpoints a container and says where the archive is, or why there is none and whose turn it is. */
export async function checkpointContainer({ client, namespace, pod, container }: Subject) {
  const outcome = await client.checkpoint({ namespace, pod, container });
  switch (outcome.class) {
    case "created":
      return outcome.archives;
    case "unknown-pod":
    case "unknown-container":
      throw new Error(`${namespace}/${pod}/${container} is not on this node: ${outcome.class}`);
    default:
      throw new Error(`${outcome.class}: ${outcome.owner} has to act: ${outcome.advice} (${outcome.message ?? outcome.status})`);
  }
}
