import { systemCode, TargetError } from "../errors.ts";
import type { WireError } from "./wire.ts";

/** Why nothing can be asked of a target, as one line with the next step. */
export function unreachable(server: string, error: WireError, authorityGiven: boolean): TargetError {
  const fail = (code: string, text: string): TargetError => new TargetError(code, text, { cause: error });
  switch (error.code) {
    case "refused":
      return fail("target-refused", `nothing listens on ${server}: start the kubelet, or correct the port (kubelets use 10250)`);
    case "unreachable":
      return fail("target-unreachable", `${server}: ${error.message}; check the name and the network`);
    case "plain-http":
      return fail(
        "target-plain-http",
        `${server} does not speak TLS: use the kubelet's HTTPS port (10250), or write http:// for a kubelet without TLS`,
      );
    case "timeout":
      return fail("target-timeout", `${server} gave no answer: ${error.message}; check the address, or allow more with --timeout SECONDS`);
    case "tls":
      return certificateProblem(server, error, authorityGiven);
    default:
      return fail("target-not-http", `${server} gave no HTTP answer: ${error.message}; is this a kubelet's port (10250)?`);
  }
}

/** OpenSSL names of chains that end at nobody who is trusted. */
export const untrusted: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
]);

function certificateProblem(server: string, error: WireError, authorityGiven: boolean): TargetError {
  const code = systemCode(error.cause) ?? "";
  const fail = (id: string, text: string): TargetError => new TargetError(id, text, { cause: error });
  const anyway = "or test without looking at it: --insecure-skip-tls-verify";
  if (code === "CERT_HAS_EXPIRED")
    return fail("target-certificate-expired", `the certificate of ${server} has expired: renew it, ${anyway}`);
  if (code === "CERT_NOT_YET_VALID")
    return fail("target-certificate-not-yet-valid", `the certificate of ${server} is not valid yet: check both clocks, ${anyway}`);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return fail(
      "target-certificate-name",
      `the certificate of ${server} is for another name: say which with --tls-server-name NAME, ${anyway}`,
    );
  if (untrusted.has(code)) {
    const signer = authorityGiven ? "the given certificate authority" : "an authority that this machine knows";
    return fail(
      "target-certificate-untrusted",
      `the certificate of ${server} does not come from ${signer}: give the right one with --certificate-authority FILE, ${anyway}`,
    );
  }
  return fail("target-tls", `${server}: ${error.message}`);
}
