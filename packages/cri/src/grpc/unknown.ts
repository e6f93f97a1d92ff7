import type { Http2ServerRequest } from "node:http2";
import { Code, ConnectError } from "@connectrpc/connect";

/** What grpc-go answers for a method that a server does not know. */
export function unknownMethod(name: string, service: string): ConnectError {
  return new ConnectError(`unknown method ${name} for service ${service}`, Code.Unimplemented);
}

/** What grpc-go answers for a service that a server does not know. */
export function unknownService(service: string): ConnectError {
  return new ConnectError(`unknown service ${service}`, Code.Unimplemented);
}

/** Answers a call of what is not registered as grpc-go's server does: status Unimplemented in the headers, no body. */
export function answerUnknown({ url, stream }: Http2ServerRequest, services: ReadonlySet<string>): void {
  const separator = url.lastIndexOf("/");
  const service = url.slice(1, separator);
  const text = services.has(service) ? unknownMethod(url.slice(separator + 1), service).rawMessage : unknownService(service).rawMessage;
  stream.respond(
    { ":status": 200, "content-type": "application/grpc", "grpc-status": Code.Unimplemented, "grpc-message": encodeText(text) },
    { endStream: true },
  );
}

/** The gRPC protocol's percent-encoding of messages. */
function encodeText(text: string): string {
  return text.replaceAll(/[^\x20-\x24\x26-\x7e]/gu, encodeURIComponent);
}
