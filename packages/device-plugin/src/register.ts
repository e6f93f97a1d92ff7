import { ConnectError, createClient } from "@connectrpc/connect";
import { grpcErrorCode, type GrpcCodeName, socketTransport } from "@kubelet-conformance/cri/grpc";
import { Registration as AlphaRegistration } from "./generated/v1alpha1/api_pb.ts";
import { Registration as BetaRegistration } from "./generated/v1beta1/api_pb.ts";
import { supportedVersion } from "./constants.ts";

/** What a plugin says of itself. */
export interface RegistrationDetails {
  /** Name of the plugin's socket, in the directory of the kubelet's. */
  endpoint: string;
  resourceName: string;
  /** Default v1beta1. */
  version?: string;
  options?: { preStartRequired?: boolean; getPreferredAllocationAvailable?: boolean };
}

export interface RegisterOptions {
  /** Which API's Registration service is asked: that of 1.8 and 1.9 has another name. Default v1beta1. */
  api?: "v1alpha1" | "v1beta1";
  signal?: AbortSignal;
  /** Default none: the kubelet itself gives up after ten seconds. */
  timeoutMs?: number;
}

/** How a kubelet answered. */
export interface RegistrationAnswer {
  /** `OK`, or the name of a gRPC code. */
  code: "OK" | GrpcCodeName;
  /** Empty with OK. */
  message: string;
  /** From the call to the answer. */
  durationMs: number;
}

/** Registers a plugin at the kubelet's socket, on a connection of its own. A refusal is an answer; never rejects. */
export async function register(
  socketPath: string,
  { endpoint, resourceName, version = supportedVersion, options }: RegistrationDetails,
  { api = "v1beta1", signal, timeoutMs }: RegisterOptions = {},
): Promise<RegistrationAnswer> {
  const transport = socketTransport(socketPath);
  const call = { ...(signal ? { signal } : {}), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const request = { version, endpoint, resourceName };
  const startedAt = performance.now();
  const answer = (code: RegistrationAnswer["code"], message: string): RegistrationAnswer => ({
    code,
    message,
    durationMs: performance.now() - startedAt,
  });
  try {
    if (api === "v1alpha1") await createClient(AlphaRegistration, transport).register(request, call);
    else await createClient(BetaRegistration, transport).register({ ...request, ...(options ? { options } : {}) }, call);
    return answer("OK", "");
  } catch (error) {
    return answer(grpcErrorCode(error), ConnectError.from(error).rawMessage);
  } finally {
    transport.close();
  }
}
