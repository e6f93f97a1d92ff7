// Outside the spec for now.
import { behaviour } from "@kubelet-conformance/types";
import { httpError, typedText } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import type { RouteHandler } from "./route-handler.ts";

/** GET /debug/pprof/{subpath:*}: the two profiles that are texts. */
export const getProfile: RouteHandler = ({ kubelet, parameters }) => {
  const { subpath } = parameters;
  if (subpath === "cmdline") return typedText(["kubelet", `--hostname-override=${kubelet.nodeName}`].join("\0"));
  if (subpath === "symbol") return typedText("num_symbols: 1\n");
  const unknown = httpError(404, "Unknown profile");
  return { ...unknown, headers: [...unknown.headers, ["X-Go-Pprof", "1"]] };
};

/** /debug/flags/v: any method, but only PUT does something. */
export const debugFlags: RouteHandler = async ({ kubelet, request }) => {
  if (request.method !== "PUT") return flagsText(406, "unsupported http method\n");
  const text = (await request.body()).toString();
  if (!/^\d{1,9}$/.test(text)) {
    const parse = behaviour("verbosity-parse-function", kubelet.minor);
    return flagsText(400, `failed set klog.logging.verbosity ${text}: strconv.${parse}: parsing "${text}": invalid syntax\n`);
  }
  return flagsText(200, `successfully set klog.logging.verbosity to ${text}\n`);
};

function flagsText(status: number, body: string): KubeletAnswer {
  return {
    status,
    headers: [
      ["Content-Type", "text/plain"],
      ["X-Content-Type-Options", "nosniff"],
    ],
    body,
  };
}
