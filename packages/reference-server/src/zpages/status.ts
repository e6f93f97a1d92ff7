import { json } from "../http/answers.ts";
import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { bytes, message, text, varint } from "../protobuf.ts";
import { negotiate } from "./negotiate.ts";
import { toYaml } from "./yaml.ts";

/** What went wrong, as far as a meta/v1 Status tells. */
export interface Failure {
  code: number;
  message: string;
  reason?: string;
}

/** A Status in the form that the client takes, else as indented JSON (responsewriters.ErrorNegotiated). */
export function failed(failure: Failure, request: KubeletRequest, query: string, mediaTypes: readonly string[]): KubeletAnswer {
  const status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: failure.message,
    ...(failure.reason === undefined ? {} : { reason: failure.reason }),
    code: failure.code,
  };
  const found = negotiate(request, query, mediaTypes, (_mediaType, convert) => convert === undefined);
  const typed = (mediaType: string, body: string | Buffer): KubeletAnswer => ({
    status: failure.code,
    headers: [["Content-Type", mediaType]],
    body,
  });
  if (found?.mediaType === "application/yaml") return typed(found.mediaType, toYaml(status));
  if (found?.mediaType === "application/vnd.kubernetes.protobuf") return typed(found.mediaType, protobuf(failure));
  if (found?.mediaType === "application/json" && !found.pretty) return json(`${JSON.stringify(status)}\n`, failure.code);
  return json(JSON.stringify(status, null, 2), failure.code);
}

/** runtime.Unknown around a Status, behind the four bytes that mark Kubernetes protobuf. */
function protobuf({ code, message: explanation, reason = "" }: Failure): Buffer {
  const noListMeta = message(text(1, ""), text(2, ""), text(3, ""));
  const status = message(bytes(1, noListMeta), text(2, "Failure"), text(3, explanation), text(4, reason), varint(6, code));
  const typeMeta = message(text(1, "v1"), text(2, "Status"));
  const unknown = message(bytes(1, typeMeta), bytes(2, status), text(3, ""), text(4, ""));
  return Buffer.concat([Buffer.from("k8s\0"), unknown]);
}
