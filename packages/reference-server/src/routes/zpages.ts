// Outside the spec for now: the text forms, and the refusals of everything else.
import { behaviour } from "@kubelet-conformance/types";
import { httpError, json } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { flagDefaults } from "./flag-defaults.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

const warning =
  "Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.\n";

/** /statusz. */
export const getStatusz: RouteHandler = (context) => {
  const { minor, version, startedAt, configuration } = context.kubelet;
  const up = Math.floor((Date.now() - startedAt.getTime()) / 1000);
  const two = (number: number) => String(number).padStart(2, "0");
  // First segments of the plain handlers; the log handler is one only while it is switched off.
  const logs = configuration.enableSystemLogHandler ? [] : ["/logs"];
  const lines = [
    `Started: ${startedAt.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, "$1 $3 $2 $5 UTC $4")}`,
    `Up: ${Math.floor(up / 3600)} hr ${two(Math.floor(up / 60) % 60)} min ${two(up % 60)} sec`,
    `Go version: ${behaviour("kubelet-build", minor).go}`,
    `Binary version: ${version.slice(1)}`,
    `Emulation version: ${minor}`,
    `Paths: ${["/configz", "/debug", "/flagz", "/healthz", ...logs, "/metrics"].join(" ")}`,
  ];
  return negotiate(context, `\nkubelet statusz\n${warning}\n${lines.map(withGap).join("\n")}\n`);
};

/** Delimiter, then a space, whatever the delimiter is; a real kubelet draws it at random. */
function withGap(line: string): string {
  return line.replace(": ", ":  ");
}

/** /flagz. */
export const getFlagz: RouteHandler = (context) => {
  const flags = { ...flagDefaults, "hostname-override": context.kubelet.nodeName };
  const lines = Object.entries(flags).map(([name, value]) => `${name} ${value}\n`);
  return negotiate(context, `\nkubelet flagz\n${warning}${lines.join("")}`);
};

function negotiate({ kubelet, request }: RouteContext, text: string): KubeletAnswer {
  const accept = request.header("Accept") ?? "";
  const { emptyAccept } = behaviour("zpages", kubelet.minor);
  const types = accept.split(",").map((type) => type.trim());
  const isText = accept === "" ? emptyAccept === "text" : types.some((type) => type === "*/*" || type === "text/plain");
  if (isText) return { status: 200, headers: [["Content-Type", "text/plain; charset=utf-8"]], body: text };
  if (emptyAccept === "not-acceptable") return httpError(406, "media type not acceptable, must be: text/plain");
  const status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: "only the following media types are accepted: application/json, application/yaml, text/plain",
    reason: "NotAcceptable",
    code: 406,
  };
  return json(accept === "application/json" ? `${JSON.stringify(status)}\n` : JSON.stringify(status, null, 2), 406);
}
