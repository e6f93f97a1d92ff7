import { isObject } from "@kubelet-conformance/control-plane";
import { systemCode, TargetError } from "../errors.ts";
import type { WireError, WireResponse } from "./wire.ts";

/** No answer came. */
export function unreachable(server: string, error: WireError): TargetError {
  return new TargetError("api-server-unreachable", `the API server ${server} gives no answer: ${error.message}; ${nextStep(error)}`, {
    cause: error,
  });
}

function nextStep({ code, cause }: WireError): string {
  if (code !== "tls") return "check the cluster's server in the kubeconfig";
  switch (systemCode(cause)) {
    case "CERT_HAS_EXPIRED":
      return "renew it on the API server";
    case "CERT_NOT_YET_VALID":
      return "check the clocks of both machines";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "write a name that it has as the cluster's tls-server-name in the kubeconfig";
    default:
      return "check the cluster's certificate-authority in the kubeconfig";
  }
}

/** An answer that is none of what was asked for. */
export function refusal(server: string, path: string, { status }: WireResponse, body: unknown): TargetError {
  const message = isObject(body) && typeof body["message"] === "string" ? `: ${body["message"].replaceAll(/\s+/g, " ").slice(0, 500)}` : "";
  const what = `the API server ${server} answers GET ${path} with ${status}${message}`;
  if (status === 401) return new TargetError("api-server-credentials", `${what}; give a kubeconfig with credentials that are valid`);
  if (status === 403) {
    const resource = path
      .replace(/\?.*/, "")
      .split("/")
      .findLast((part) => /^(nodes|leases|events|pods|version)$/.test(part));
    return new TargetError("api-server-forbidden", `${what}; give a kubeconfig of a user that may get and list ${resource ?? "them"}`);
  }
  if (status === 429 || status >= 500) return new TargetError("api-server-failing", `${what}; see its log, and try again`);
  return new TargetError("api-server-answer", `${what}; is it an API server?`);
}
