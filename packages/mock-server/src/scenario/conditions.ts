import type { OperationId } from "@kubelet-conformance/types";
import type { MockRequest } from "../exchange.ts";
import type { Conditions, Match } from "./scenario.ts";

/** Whether all conditions hold for a request. */
export function holds(
  { operation, method, path, query = {}, headers = {} }: Conditions,
  request: Pick<MockRequest, "method" | "path" | "query" | "headers">,
  operationId: OperationId | undefined,
): boolean {
  if (operation !== undefined && operation !== operationId) return false;
  if (method !== undefined && method !== request.method) return false;
  if (path !== undefined && !matches(path, request.path)) return false;
  const given = new URLSearchParams(request.query);
  return (
    Object.entries(query).every(([name, match]) => fits(match, given.getAll(name))) &&
    Object.entries(headers).every(([name, match]) => {
      const value = request.headers[name.toLowerCase()];
      return fits(match, value === undefined ? [] : [value]);
    })
  );
}

function fits(match: Match, values: readonly string[]): boolean {
  if (typeof match === "boolean") return match === values.length > 0;
  return values.some((value) => matches(match, value));
}

/** Whether a text is as a pattern says, in which `*` stands for any characters. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}
