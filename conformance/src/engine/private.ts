import { looksLikeJson } from "@kubelet-conformance/exchange";
import type { WireRequest, WireResponse } from "../target/wire.ts";

/** Services whose answers are what programs and people on the node have written. */
const services: ReadonlySet<string> = new Set(["containerlogs", "logs", "run", "exec", "attach", "portforward", "cri", "debug", "flagz"]);
/** How texts of a kubelet's own begin: health, metrics, redirects, and errors under a wrong status. */
const own = /^($|ok\b|\[[+-]\]|# (HELP|TYPE) |<a href="|404 page not found|Unauthorized|Forbidden|kubelet statusz)/;

/** How its errors begin, those of services that pass on what others have written included. */
const errors =
  /^(\d{3}\b|you must|unable to|failed|error|container|pod|port|query|previous|upgrade|unsupported|unauthorized|forbidden|debug|logs? |profil|flags|seconds|unknown|bad |internal|invalid|rpc error|command|cannot|checkpoint|[a-z]+: invalid value|options)/i;

/**
 * Whether the body of an answer may be anybody's: a container's log or output, a file of the node, or a text that is none of a kubelet's own. Of JSON is
 * known what may be shown.
 */
export function isPrivate({ target }: Pick<WireRequest, "target">, { status, body }: Pick<WireResponse, "status" | "body">): boolean {
  const [service = ""] = (target.split("?")[0] ?? "").split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  const start = body.toString("utf8", 0, 128).trimStart();
  const isService = services.has(service.toLowerCase());
  if (status >= 400) return isService && start !== "" && !errors.test(start);
  return isService || !(own.test(start) || looksLikeJson(start));
}
