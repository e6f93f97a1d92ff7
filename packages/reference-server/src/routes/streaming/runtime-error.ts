import { grpcErrorCode, grpcErrorText } from "@kubelet-conformance/cri";
import { plain } from "../../http/answers.ts";
import type { KubeletAnswer } from "../../http/message.ts";

/** What becomes of a runtime's refusal to give a URL (k8s.io/kubelet cri/streaming WriteError). */
export function runtimeError(error: unknown): KubeletAnswer {
  const text = grpcErrorText(error);
  const code = grpcErrorCode(error);
  if (code === "NotFound") return plain(404, text);
  if (code === "ResourceExhausted") return { ...plain(429, text), headers: [["Retry-After", "60"]] };
  return plain(500, text);
}
