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
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  // The earliest place of each part leaves the most for the next; a regular expression would try all of them.
  let end = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, end);
    if (at === -1) return false;
    end = at + part.length;
  }
  return text.length - last.length >= end && text.endsWith(last);
}
