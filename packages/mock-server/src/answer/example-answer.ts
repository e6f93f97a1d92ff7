import type { ExampleEntry, MockedOperation } from "../examples.ts";
import type { Answer } from "../exchange.ts";

/** An example as the kubelet sends it; `value` in place of the example's when given. */
export function exampleAnswer({ operationId }: Pick<MockedOperation, "operationId">, example: ExampleEntry, value = example.value): Answer {
  const { code: status, mediaType, headers } = example;
  if (value === undefined || mediaType === undefined) return { status, headers, body: "" };
  const body = typeof value === "string" ? value : jsonText(operationId, value);
  return { status, headers: [...headers, ["Content-Type", sent(mediaType)]], body };
}

/** Objects of Kubernetes end with a newline, other JSON with none; the summary is indented. */
function jsonText(operationId: MockedOperation["operationId"], value: unknown): string {
  if (endsWithNewline.has(operationId)) return `${JSON.stringify(value)}\n`;
  const isSummary = operationId === "getStatsSummary" || operationId === "postStatsSummary";
  return isSummary ? JSON.stringify(value, null, 1) : JSON.stringify(value);
}

const endsWithNewline: ReadonlySet<string> = new Set(["getPods", "getRunningPods", "getStatusz", "getFlagz"]);

/** Texts without parameters in the spec are sent with their character set. */
function sent(mediaType: string): string {
  return /^text\/[a-z]+$/.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}
