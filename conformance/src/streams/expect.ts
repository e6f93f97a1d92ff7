import type { ErrorStatus } from "@kubelet-conformance/streaming";
import { Broken, type CheckContext } from "../engine/check.ts";
import { parseJson, quotedBody } from "../engine/expectation.ts";
import { outlined, quoted } from "../engine/text.ts";
import type { Command } from "./command.ts";

/** Fails the requirement when a stream brought something else. */
export function expectText(stream: string, actual: Buffer, expected: string): void {
  if (actual.toString() !== expected) throw new Broken(`${quoted(expected)} on ${stream}`, outlined(actual.toString(), expected));
}

/** The error stream of a command that ended with 0. */
export function expectSuccess(error: string): void {
  if (statusOf(error).status !== "Success")
    throw new Broken("a JSON status Success on the error stream", quotedBody({ body: Buffer.from(error) }));
}

/** The error stream of a command that ended with another code. */
export function expectExitCode(error: string, code: string): void {
  const { status, reason, details } = statusOf(error);
  const named = details?.causes?.find((cause) => cause.reason === "ExitCode")?.message;
  if (status !== "Failure" || reason !== "NonZeroExitCode" || named !== code)
    throw new Broken(
      `a JSON status Failure, reason NonZeroExitCode, with a cause ExitCode ${code}`,
      quotedBody({ body: Buffer.from(error) }),
    );
}

/** The error stream of a command that never ran. CRI-O gives it the exit code of its helper, containerd none. */
export function expectFailure(error: string): void {
  if (statusOf(error).status !== "Failure")
    throw new Broken("a JSON status Failure on the error stream", quotedBody({ body: Buffer.from(error) }));
}

/** Writes to both outputs and stays until its input ends: some runtimes lose what a terminal has not shown by the end of the command. */
export const terminalCommand = ["sh", "-c", "echo out; echo err >&2; cat"];
export const endOfInput = "\x04";

/** What it writes, as a terminal ends lines; with CRI-O they pass through two terminals. */
export const terminalLines = /^out\r+\nerr\r+\n$/;

/** Fails the requirement when a stream did not bring the lines. */
export function expectTerminal(stream: string, actual: Buffer): void {
  if (!terminalLines.test(actual.toString())) throw new Broken(`"out\\r\\nerr\\r\\n" on ${stream}`, outlined(actual.toString()));
}

const size = { Width: 101, Height: 33 };

/** A command that looks at the size of its terminal, which is set while it runs already: so it looks more than once. */
export const sizedTerminal: Command = {
  command: ["sh", "-c", "stty size; sleep 0.2; stty size; sleep 1; stty size; sleep 2; stty size"],
  tty: true,
  size,
};

/** What it shows once it sees the size. */
export const shownSize: RegExp = new RegExp(`^${size.Height} ${size.Width}\r+$`, "m");

/** Fails the requirement when the command saw another size. */
export function expectSize(context: CheckContext, seen: string): void {
  if (shownSize.test(seen)) return;
  if (!/^(\d+ \d+\s+)+$/.test(seen)) context.notApplicable("the container has no stty that could tell the size");
  throw new Broken(`a terminal of ${size.Height} rows and ${size.Width} columns`, outlined(seen));
}

function statusOf(error: string): ErrorStatus {
  const status = parseJson({ body: Buffer.from(error) })?.value;
  if (typeof status !== "object" || status === null)
    throw new Broken("a JSON status on the error stream", quotedBody({ body: Buffer.from(error) }));
  return status;
}
