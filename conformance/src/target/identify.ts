import { classify } from "../engine/answers.ts";
import { TargetError } from "../errors.ts";
import { parsePodList } from "./pod-list.ts";
import type { WireResponse } from "./wire.ts";

/** What discovery asked for first; an answer may be missing where the target gave none. */
export interface FirstAnswers {
  pods: WireResponse | undefined;
  configz: WireResponse | undefined;
  metrics: WireResponse | undefined;
}

/** Makes sure that a target is a kubelet which accepts the given credentials. Throws a TargetError that says what it is instead. */
export function requireKubelet(server: string, answers: FirstAnswers, credentials: boolean | "proxied"): void {
  const all = [answers.pods, answers.configz, answers.metrics].filter((answer) => answer !== undefined);
  if (all.some(isTlsPortOverHttp))
    throw new TargetError("target-tls-port", `${server} speaks TLS on this port: write ${server.replace(/^http:/, "https:")}`);
  if (all.some(isApiServer))
    throw new TargetError(
      "target-api-server",
      `${server} is a Kubernetes API server, not a kubelet: kubelets listen on port 10250 of each node`,
    );
  if (!all.some(looksLikeKubelet)) {
    const seen = answers.pods ? `GET /pods was answered with ${answers.pods.status}` : "GET /pods got no answer";
    throw new TargetError(
      "target-not-kubelet",
      `${server} is not a kubelet (${seen}): give the URL of a kubelet's main port, e.g. https://NODE:10250`,
    );
  }
  if (credentials === "proxied" && answers.pods?.status === 401)
    throw new TargetError(
      "proxy-credentials-refused",
      `the kubelet behind ${server} does not accept the API server's own certificate (401): mend that server's --kubelet-client-certificate, or --direct`,
    );
  if (credentials === true && server.startsWith("https:") && answers.pods?.status === 401) {
    throw new TargetError(
      "credentials-refused",
      `${server} does not accept these credentials (401): give a certificate of its client CA or a valid token`,
    );
  }
}

function isTlsPortOverHttp({ status, body }: WireResponse): boolean {
  return status === 400 && body.includes("HTTP request to an HTTPS server");
}

/** An API server answers with Status objects; a kubelet never does on these paths. */
function isApiServer({ body }: WireResponse): boolean {
  const text = body.subarray(0, 4096).toString();
  return text.includes('"kind":') && /"kind":\s*"Status"/.test(text) && /"apiVersion":\s*"v1"/.test(text);
}

function looksLikeKubelet(answer: WireResponse): boolean {
  const text = answer.body.toString();
  if (answer.status === 200)
    return parsePodList(text) !== undefined || text.includes('"kubeletconfig"') || /^kube(let_|rnetes_)/m.test(text);
  const classes = classify(answer);
  return (
    (classes.includes("unauthenticated") && text === "Unauthorized") ||
    (classes.includes("forbidden") && text.startsWith("Forbidden (user="))
  );
}
