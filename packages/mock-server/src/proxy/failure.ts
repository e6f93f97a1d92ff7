import type { Upstream } from "./upstream.ts";

const tlsProblems: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is its own; name it with --certificate-authority, or give --insecure-skip-tls-verify",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate's authority is not known here; name it with --certificate-authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate's authority is not known here; name it with --certificate-authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate's authority is not known here; name it with --certificate-authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for other names; use one of them in --proxy, or give --insecure-skip-tls-verify",
  CERT_HAS_EXPIRED: "its certificate has expired; renew it, or give --insecure-skip-tls-verify",
  EPROTO: "it does not speak TLS on this port; kubelets do on 10250",
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "its name is not known here",
};

/** Why a kubelet gave no answer, and what to do. */
export function describeFailure(error: NodeJS.ErrnoException, { origin }: Pick<Upstream, "origin">): string {
  return `${origin} gave no answer: ${tlsProblems[error.code ?? ""] ?? error.message}`;
}
