import { behaviour } from "@kubelet-conformance/types";
import type { ExampleEntry, MockedOperation } from "./examples.ts";
import type { MockRequest } from "./exchange.ts";
import { type Wish, WishError } from "./wish.ts";

/** The example that a wish names; without one, the answer to a plain request. Throws WishError that names what there is. */
export function selectExample({ operationId, examples }: MockedOperation, { code, example }: Wish): ExampleEntry {
  const usual = examples.find((entry) => entry.code === 200) ?? examples.find((entry) => entry.name === "upgrade-required");
  if (code === undefined && example === undefined && usual) return usual;
  const ofCode = examples.filter((entry) => code === undefined || entry.code === code);
  if (ofCode.length === 0) {
    const codes = [...new Set(examples.map((entry) => entry.code))];
    throw new WishError(`${operationId} has no answer ${code}; it has ${codes.join(", ")}`);
  }
  const found = example === undefined ? ofCode[0] : ofCode.find((entry) => entry.name === example);
  if (!found) {
    const names = ofCode.flatMap((entry) =>
      entry.name === undefined ? [] : code === undefined ? `${entry.name} (${entry.code})` : entry.name,
    );
    throw new WishError(
      `${operationId} has no example "${example}"${code === undefined ? "" : ` of ${code}`}; it has ${names.join(", ") || "none"}`,
    );
  }
  return found;
}

/**
 * The status of a request whose `Accept` the operation cannot meet, or undefined when it can. Services count any type, and `application/json` where they
 * yield it, and parameters do not matter (go-restful, route selection).
 */
export function refusedAccept({ examples, method }: MockedOperation, { headers }: MockRequest, minor: string): number | undefined {
  if (!examples.some(({ code }) => code === 406)) return undefined;
  const accept = headers["accept"] ?? "";
  const types = accept.split(",").map((part) => part.split(";")[0]?.trim());
  const hasJson = examples.some(({ code, mediaType }) => code === 200 && mediaType === "application/json");
  if (accept === "" || (hasJson && types.includes("application/json")) || types.includes("*/*")) return undefined;
  return method === "POST" && headers["content-length"] === undefined ? behaviour("not-acceptable-without-length", minor) : 406;
}
