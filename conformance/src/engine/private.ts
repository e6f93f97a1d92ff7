import type { WireRequest, WireResponse } from "../target/wire.ts";

/** Services whose answers are what programs and people on the node have written. */
const services: ReadonlySet<string> = new Set(["containerlogs", "logs", "run", "exec", "attach", "portforward", "cri"]);

/** Whether the body of an answer is nobody else's business: a container's log or output, a file of the node. What a kubelet says of an error is not. */
export function isPrivate({ target }: Pick<WireRequest, "target">, { status }: Pick<WireResponse, "status">): boolean {
  const [service = ""] = (target.split("?")[0] ?? "").split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  return status < 400 && services.has(service.toLowerCase());
}
