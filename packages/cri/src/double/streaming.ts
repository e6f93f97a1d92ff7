import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { RuntimeService } from "../generated/runtime/v1/api_pb.ts";

type StreamingMethods = Pick<ServiceImpl<typeof RuntimeService>, "exec" | "attach" | "portForward">;

/** The calls that answer with the URL of a streaming server, which the double does not have. */
export function streamingMethods(): StreamingMethods {
  const refuse = (method: string) => (): never => {
    throw new ConnectError(`the runtime double has no streaming server for ${method}; use a real runtime for it`, Code.Unimplemented);
  };
  return { exec: refuse("Exec"), attach: refuse("Attach"), portForward: refuse("PortForward") };
}
