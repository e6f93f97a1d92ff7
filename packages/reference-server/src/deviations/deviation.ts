import type { RuntimeClient } from "@kubelet-conformance/cri";
import type { Handler, KubeletAnswer, KubeletRequest } from "../http/message.ts";

export interface ConnectionDeviation {
  /** Changes the refusal of what is no request, or one that net/http does not serve. */
  refusal?: (answer: KubeletAnswer) => KubeletAnswer;
  /** What a client gets that speaks plain HTTP where TLS is spoken. */
  plainHttp?: string;
}

/**
 * A named misbehaviour of the reference kubelet. Its name is the id of the requirement that it breaks, and only that requirement's check
 * may catch it. Nothing but the `--deviation` flag (or the option of the same name) turns one on.
 */
export interface Deviation {
  /** One sentence: what this kubelet does wrong. */
  summary: string;
  /** Stands around the whole pipeline: sees the request, may answer by itself or change what the kubelet was about to say. */
  http?(request: KubeletRequest, next: Handler): Promise<KubeletAnswer>;
  /** What it does wrong with what never becomes a request. */
  connection?: ConnectionDeviation;
  /** Stands between the kubelet and its container runtime. */
  runtime?(client: RuntimeClient): RuntimeClient;
  /** Changes what the kubelet prepared in its root directory, once, at start. */
  rootDirectory?(directory: string): Promise<void>;
}
