import { asksForUpgrade, asksForWebSocket } from "@kubelet-conformance/streaming";
import type { KubeletRequest } from "../../http/message.ts";

export function isWebSocket(request: KubeletRequest): boolean {
  return asksForWebSocket(request.header("Upgrade"), connectionHeaders(request));
}

export function isUpgrade(request: KubeletRequest): boolean {
  return asksForUpgrade(connectionHeaders(request));
}

function connectionHeaders({ rawHeaders }: KubeletRequest): string[] {
  return rawHeaders.flatMap(([name, value]) => (name.toLowerCase() === "connection" ? value : []));
}
