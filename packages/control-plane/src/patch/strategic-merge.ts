import { isDeepStrictEqual } from "node:util";
import { isList, isObject, type Json, type JsonObject } from "../api/json.ts";
import { badRequest } from "../api/status-error.ts";
import { listStrategy } from "./merge-keys.ts";

type Members = Record<string, Json | undefined>;

const order = "$setElementOrder/";
const removal = "$deleteFromPrimitiveList/";

/** Applies a strategic merge patch to an object of that kind. Throws BadRequest for directives that make no sense. */
export function strategicMerge(kind: string, target: JsonObject, patch: JsonObject): JsonObject {
  return mergeObjects(kind, target, patch, "");
}

function mergeObjects(kind: string, target: JsonObject, patch: JsonObject, path: string): JsonObject {
  const directive = patch["$patch"];
  if (directive === "delete") return {};
  const result: Members = directive === "replace" ? {} : { ...target };
  const retained = patch["$retainKeys"];
  if (isList(retained)) for (const name of Object.keys(result)) if (!retained.includes(name)) delete result[name];

  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || name.startsWith("$")) continue;
    const here = path === "" ? name : `${path}.${name}`;
    const before = result[name];
    if (value === null) delete result[name];
    else if (isList(value)) result[name] = mergeLists(kind, isList(before) ? before : [], value, here);
    else if (isObject(value)) result[name] = mergeObjects(kind, isObject(before) ? before : {}, value, here);
    else result[name] = value;
  }
  for (const [name, value] of Object.entries(patch)) {
    if (!isList(value)) continue;
    if (name.startsWith(removal)) edit(result, name.slice(removal.length), (list) => list.filter((item) => !value.includes(item)));
    if (name.startsWith(order)) {
      const list = name.slice(order.length);
      edit(result, list, (items) => inOrder(items, value, listStrategy(kind, path === "" ? list : `${path}.${list}`)));
    }
  }
  return result;
}

function edit(object: Members, name: string, change: (list: readonly Json[]) => readonly Json[]): void {
  const list = object[name];
  if (isList(list)) object[name] = change(list);
}

function mergeLists(kind: string, target: readonly Json[], patch: readonly Json[], path: string): readonly Json[] {
  const strategy = listStrategy(kind, path);
  if (strategy === undefined) return patch;
  if (strategy === "set") return [...target, ...patch.filter((item) => !target.includes(item))];
  const isReplacement = (item: Json) => isObject(item) && item["$patch"] === "replace";
  // fixupPatchForNodeStatusAddresses of the kubelet replaces its addresses this way.
  if (patch.some(isReplacement)) return patch.filter((item) => !isReplacement(item));
  const result = [...target];
  for (const item of patch) {
    const key = isObject(item) ? item[strategy.key] : undefined;
    if (!isObject(item) || key === undefined) {
      throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${strategy.key}`);
    }
    const index = result.findIndex((other) => isObject(other) && isDeepStrictEqual(other[strategy.key], key));
    const before = result[index];
    if (item["$patch"] === "delete") {
      if (index >= 0) result.splice(index, 1);
    } else if (index < 0) result.push(mergeObjects(kind, {}, item, path));
    else result[index] = mergeObjects(kind, isObject(before) ? before : {}, item, path);
  }
  return result;
}

/** Puts the listed items into that order; those that the patch does not know keep their places. */
function inOrder(items: readonly Json[], wanted: readonly Json[], strategy: ReturnType<typeof listStrategy>): readonly Json[] {
  const keyOf = (item: Json) => (isObject(item) && typeof strategy === "object" ? item[strategy.key] : item);
  const rank = (item: Json) => wanted.findIndex((other) => isDeepStrictEqual(keyOf(other), keyOf(item)));
  const listed = items.filter((item) => rank(item) >= 0).toSorted((a, b) => rank(a) - rank(b));
  return items.map((item) => (rank(item) >= 0 ? (listed.shift() ?? item) : item));
}
