import { Code, ConnectError } from "@connectrpc/connect";
import { serveSocket, type ServedSocket } from "@kubelet-conformance/cri/grpc";
import { Registration as AlphaRegistration } from "./generated/v1alpha1/api_pb.ts";
import { Registration, type RegisterRequest } from "./generated/v1beta1/api_pb.ts";

/** A registration that a kubelet refuses; the plugin gets the code Unknown and these words, as of any error of Go's. */
export class RegistrationRefusal extends Error {
  readonly code = "ERR_REGISTRATION_REFUSED";
}

/** What a plugin says of itself when it registers. */
export interface RegistrationRequest extends Pick<RegisterRequest, "version" | "endpoint" | "resourceName"> {
  /** Whether it says anything of its options; kubelets ask for them anyway. */
  hasOptions: boolean;
}

export interface ServeRegistrationOptions {
  /** Takes a plugin; throws RegistrationRefusal. */
  register: (request: RegistrationRequest) => Promise<void>;
  /** Serves the Registration service of 1.8 and 1.9, too, which no kubelet does any more. */
  alpha?: boolean;
}

/** The requests of both APIs. */
type Answerable = Pick<RegisterRequest, "version" | "endpoint" | "resourceName"> & { options?: unknown };

/** Serves plugins that register, at this absolute path. Rejects with SocketError when it cannot be listened on. */
export function serveRegistration(path: string, { register, alpha = false }: ServeRegistrationOptions): Promise<ServedSocket> {
  const answer = async ({ version, endpoint, resourceName, options }: Answerable): Promise<object> => {
    try {
      await register({ version, endpoint, resourceName, hasOptions: options !== undefined });
      return {};
    } catch (error) {
      throw error instanceof RegistrationRefusal ? new ConnectError(error.message, Code.Unknown) : error;
    }
  };
  return serveSocket((router) => {
    router.service(Registration, { register: answer });
    if (alpha) router.service(AlphaRegistration, { register: answer });
  }, path);
}
