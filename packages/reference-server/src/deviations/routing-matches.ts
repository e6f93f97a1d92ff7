import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { ExchangeMatch } from "./alter.ts";

/** The requirements that need a deviation. */
export type Id = ObservableRequirementId["routing"];

export const known: ExchangeMatch = { listener: "main", client: "certificate" };
export const nobody: ExchangeMatch = { listener: "main", client: "nobody" };
export const json = { "Content-Type": "application/json" };
/** The checkpoint path of a container that does not exist. */
export const checkpoint: ExchangeMatch = { ...known, path: /^\/checkpoint\/default\/[^/]+\/c$/ };
export const anyAccept = { headers: { Accept: null } };
