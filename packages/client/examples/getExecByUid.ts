import type { Subject } from "./subject.ts";

/** Runs a command on a terminal of 100 by 30 characters. */
export async function getExecByUid({ client, namespace, pod, uid, container }: Subject) {
  // A terminal gets its size while the command runs already.
  const command = ["sh", "-c", "stty size; sleep 0.2; stty size; sleep 1; stty size"];
  const session = await client.exec({ namespace, pod, uid, container, command, stdin: true, tty: true });
  await session.resize({ width: 100, height: 30 });
  const screen = await new Response(session.stdout).text();
  return { screen, exitCode: (await session.exit).exitCode };
}
