import { behaviour } from "@kubelet-conformance/types";
import { httpError, json } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import type { RouteContext } from "../routes/route-handler.ts";
import { parseAccept } from "./accept.ts";
import { negotiate, type Transformation } from "./negotiate.ts";
import { failed } from "./status.ts";
import { toYaml } from "./yaml.ts";

/** A page that can be had as text and as an object. */
export interface Page {
  /** E.g. `statusz`, for the warning about an old version. */
  name: string;
  kind: "Statusz" | "Flagz";
  /** As the page writes it when it chooses the type itself. */
  text(): KubeletAnswer;
  /** What 1.35 answers as text to a client that names the type. */
  negotiatedText(): KubeletAnswer;
  /** The members behind kind, apiVersion and metadata. */
  members(): Parameters<typeof toYaml>[0];
}

const group = "config.k8s.io";
const versions = { text: [], alpha: ["v1alpha1"], beta: ["v1alpha1", "v1beta1"] } as const;

/** Answers in the form that the client asks for: component-base's zpages up to 1.34, apiserver's from 1.35 on. */
export function answerPage(page: Page, { kubelet, request, target }: RouteContext): KubeletAnswer {
  const { forms } = behaviour("zpages", kubelet.minor);
  const accept = request.header("Accept") ?? "";
  if (forms === "text") return takesText(accept) ? page.text() : httpError(406, "media type not acceptable, must be: text/plain");
  if (accept.trim() === "") return page.text();
  const known: readonly string[] = versions[forms];
  const protobuf = forms === "alpha" ? ["application/vnd.kubernetes.protobuf"] : [];
  const mediaTypes = ["application/json", "application/yaml", ...protobuf, "text/plain"];
  const isKnown = ({ kind, group: asked, version }: Transformation): boolean =>
    kind === page.kind && asked === group && known.includes(version);
  const found = negotiate(request, target.rawQuery, mediaTypes, (mediaType, convert) =>
    mediaType === "text/plain" ? convert === undefined : convert !== undefined && isKnown(convert),
  );
  if (found === undefined) {
    const message = `only the following media types are accepted: ${mediaTypes.join(", ")}`;
    return failed({ code: 406, message, reason: "NotAcceptable" }, request, target.rawQuery, mediaTypes);
  }
  if (found.convert === undefined) return forms === "alpha" ? page.negotiatedText() : page.text();
  if (forms === "alpha" && found.mediaType !== "application/json") {
    const message = `content negotiation failed: unsupported media type '${found.mediaType}'`;
    return failed({ code: 500, message }, request, target.rawQuery, mediaTypes);
  }
  return structured(page, found.mediaType, found.convert.version, found.pretty, forms === "beta" && found.convert.version === "v1alpha1");
}

function structured(page: Page, mediaType: string, version: string, pretty: boolean, isDeprecated: boolean): KubeletAnswer {
  const object = { kind: page.kind, apiVersion: `${group}/${version}`, metadata: { name: "kubelet" }, ...page.members() };
  const warning = `299 - "This version of the ${page.name} endpoint is deprecated. Please use a newer version."`;
  const body = mediaType === "application/yaml" ? toYaml(object) : pretty ? JSON.stringify(object, null, 2) : `${JSON.stringify(object)}\n`;
  return {
    ...json(body),
    headers: [
      ["Content-Type", `${mediaType};g=${group};v=${version};as=${page.kind}`],
      ...(isDeprecated ? [["Warning", warning] as const] : []),
    ],
  };
}

/** httputil.AcceptableMediaType: text with no parameter but a charset of UTF-8. */
function takesText(accept: string): boolean {
  return parseAccept(accept).some(({ type, subtype, parameters }) => {
    if (!["text", "*"].includes(type) || !["plain", "*"].includes(subtype)) return false;
    return parameters.size === 0 || (parameters.size === 1 && parameters.get("charset")?.toLowerCase() === "utf-8");
  });
}
