import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import type { Target } from "../http/target.ts";
import type { KubeletState } from "../state.ts";

/** What a handler gets: the request has passed mux, authentication, authorization and router. */
export interface RouteContext {
  kubelet: KubeletState;
  request: KubeletRequest;
  target: Target;
  /** The mux patterns of the listener's plain handlers. */
  patterns: readonly string[];
  /** Path parameters, decoded. */
  parameters: Readonly<Record<string, string>>;
}

export type RouteHandler = (context: RouteContext) => KubeletAnswer | Promise<KubeletAnswer>;
