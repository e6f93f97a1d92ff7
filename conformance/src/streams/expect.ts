import type { ErrorStatus } from "@kubelet-conformance/streaming";
import { Broken } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { quoted } from "../engine/text.ts";

/** Fails the requirement when a stream brought something else. */
export function expectText(stream: string, actual: Buffer, expected: string): void {
  if (actual.toString() !== expected) throw new Broken(`${quoted(expected)} on ${stream}`, quoted(actual.toString()));
}

/** The error stream of a command that ended with 0. */
export function expectSuccess(error: string): void {
  if (statusOf(error).status !== "Success") throw new Broken("a JSON status Success on the error stream", quoted(error));
}

/** The error stream of a command that ended with another code. */
export function expectExitCode(error: string, code: string): void {
  const { status, reason, details } = statusOf(error);
  const named = details?.causes?.find((cause) => cause.reason === "ExitCode")?.message;
  if (status !== "Failure" || reason !== "NonZeroExitCode" || named !== code)
    throw new Broken(`a JSON status Failure, reason NonZeroExitCode, with a cause ExitCode ${code}`, quoted(error));
}

/** The error stream of a command that never ran. */
export function expectFailure(error: string): void {
  const { status, details } = statusOf(error);
  if (status !== "Failure" || details?.causes?.some((cause) => cause.reason === "ExitCode"))
    throw new Broken("a JSON status Failure without an exit code", quoted(error));
}

function statusOf(error: string): ErrorStatus {
  const status = parseJson({ body: Buffer.from(error) })?.value;
  if (typeof status !== "object" || status === null) throw new Broken("a JSON status on the error stream", quoted(error));
  return status;
}
