import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { grpcCodeName, grpcErrorText } from "./grpc-error.ts";

test("codes carry Go's names", () => {
  const codes = Object.values(Code).filter((code) => typeof code === "number");
  expect(codes.map(grpcCodeName)).toEqual([
    "Canceled",
    "Unknown",
    "InvalidArgument",
    "DeadlineExceeded",
    "NotFound",
    "AlreadyExists",
    "PermissionDenied",
    "ResourceExhausted",
    "FailedPrecondition",
    "Aborted",
    "OutOfRange",
    "Unimplemented",
    "Internal",
    "Unavailable",
    "DataLoss",
    "Unauthenticated",
  ]);
});

test("the text is that of Go's status", () => {
  expect(grpcErrorText(new ConnectError("method CheckpointContainer not implemented", Code.Unimplemented))).toBe(
    "rpc error: code = Unimplemented desc = method CheckpointContainer not implemented",
  );
  expect(grpcErrorText(new Error("plain"))).toBe("rpc error: code = Unknown desc = plain");
});
