import type { Subject } from "./subject.ts";

/** Runs a command, gives it input, and reads its outputs and how it ended. */
export async function getExec({ client, namespace, pod, container }: Subject) {
  const { stdin, stdout, stderr, exit } = await client.exec({ namespace, pod, container, command: ["sh"], stdin: true });
  const writer = stdin.getWriter();
  await writer.write("echo hello; echo problem >&2; exit 3\n");
  const [output, problems, { exitCode }] = await Promise.all([new Response(stdout).text(), new Response(stderr).text(), exit]);
  return { output, problems, exitCode };
}
