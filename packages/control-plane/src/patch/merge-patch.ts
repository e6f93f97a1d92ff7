import { isObject, type Json, type JsonObject } from "../api/json.ts";

/** A JSON Merge Patch (RFC 7386): null removes, objects merge, everything else replaces. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(target)) if (value !== undefined && patch[name] !== null) result[name] = value;
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined) continue;
    const before = target[name];
    result[name] = isObject(value) ? mergePatch(isObject(before) ? before : {}, value) : value;
  }
  return result;
}
