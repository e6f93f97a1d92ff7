import { Code, ConnectError } from "@connectrpc/connect";
import { kindOf } from "./filesystem.ts";

/** What containerd answers for an id it does not know; kubelets take the code as "gone". */
export function notFound(kind: "container" | "sandbox" | "image", reference: string): ConnectError {
  const text = {
    container: `an error occurred when try to find container "${reference}": not found`,
    sandbox: `an error occurred when try to find sandbox "${reference}": not found`,
    image: `failed to resolve image "${reference}": not found`,
  };
  return new ConnectError(text[kind], Code.NotFound);
}

/** An ordinary Go error: code Unknown. */
export function unknownError(text: string): ConnectError {
  return new ConnectError(text, Code.Unknown);
}

/** What containerd answers for the path of an archive that is not there: it then takes the path for an image's name. */
export function noSuchArchive(path: string): ConnectError {
  return new ConnectError(`failed to check if this is a checkpoint image: failed to resolve image "${path}": not found`, Code.NotFound);
}

/** What containerd with runc and CRIU answers when an archive's images are not enough to restore a process; all details stay in a log. */
export function notRestored(): ConnectError {
  return unknownError(
    "failed to restore containerd task: failed to create shim task: OCI runtime restore failed: criu failed: type RESTORE errno 0",
  );
}

/** What runc says of a program that the image lacks, or that is none; a path is looked up as it stands. */
export function noSuchProgram(name: string): string {
  const reasons = { absent: `stat ${name}: no such file or directory`, directory: "is a directory", file: "permission denied" };
  return `exec: ${JSON.stringify(name)}: ${name.includes("/") ? reasons[kindOf(name)] : "executable file not found in $PATH"}`;
}

/** Why a call ended without an answer, in the words of Go's context package. */
export function interrupted(signal: AbortSignal): ConnectError {
  const reason: unknown = signal.reason;
  return reason instanceof ConnectError && reason.code === Code.DeadlineExceeded
    ? new ConnectError("context deadline exceeded", Code.DeadlineExceeded)
    : new ConnectError("context canceled", Code.Canceled);
}
