import { escapeHtml } from "./pods.ts";
import type { KubeletState } from "../state.ts";
import type { RouteHandler } from "./route-handler.ts";

const bodies = new WeakMap<KubeletState, string>();

/** /configz: the effective configuration, whatever the method or Accept. */
export const getConfigz: RouteHandler = ({ kubelet }) => {
  let body = bodies.get(kubelet);
  if (body === undefined) {
    body = escapeHtml(JSON.stringify({ kubeletconfig: kubelet.configuration.shown }));
    bodies.set(kubelet, body);
  }
  return {
    status: 200,
    headers: [
      ["Content-Type", "application/json"],
      ["X-Content-Type-Options", "nosniff"],
    ],
    body,
  };
};
