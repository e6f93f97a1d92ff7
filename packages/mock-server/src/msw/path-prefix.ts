import { KubeletHandlerError } from "./choose.ts";

/** What stands before the paths of a kubelet, as msw writes patterns; a handler that can match nothing would be no help. Throws KubeletHandlerError. */
export function pathPrefix(baseUrl: unknown): string {
  // From plain JavaScript it may be a URL, or nothing at all.
  const text = String(baseUrl);
  if (!/^(https?:\/\/|\/|\*|$)/i.test(text) || /[?#]/.test(text))
    throw new KubeletHandlerError(
      "bad-base-url",
      `baseUrl "${text}" is neither an address nor a path; write https://node-1:10250 or /api/v1/nodes/node-1/proxy`,
    );
  return (
    text
      .replace(/\/+$/, "")
      // Requests never name these ports.
      .replace(/^(http:\/\/[^/]+):80(?=\/|$)|^(https:\/\/[^/]+):443(?=\/|$)/i, "$1$2")
      // In `/nodes/https:worker:10250/proxy`, `:worker` would be a parameter, and any name its value; ports are known to msw.
      .replaceAll(/([^/]):(?!\d|\/\/)/g, String.raw`$1\:`)
  );
}
