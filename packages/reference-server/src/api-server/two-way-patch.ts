import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "@kubelet-conformance/control-plane";

/** Lists that are merged item by item: the member that tells the items apart, by the list's path. Any other list is replaced. */
export type MergeKeys = Readonly<Record<string, string>>;

type Members = Record<string, Json>;

/** The strategic merge patch from one object to another: CreateTwoWayMergePatch. */
export function twoWayPatch(before: JsonObject, after: JsonObject, keys: MergeKeys, path = ""): JsonObject {
  const patch: Members = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]];
    const here = path === "" ? name : `${path}.${name}`;
    const key = keys[here];
    if (isDeepStrictEqual(old, now)) continue;
    if (now === undefined) patch[name] = null;
    else if (isObject(old) && isObject(now)) {
      const inner = twoWayPatch(old, now, keys, here);
      if (Object.keys(inner).length > 0) patch[name] = inner;
    } else if (key !== undefined && Array.isArray(now)) mergeList(patch, name, items(old), items(now), key);
    else patch[name] = now;
  }
  return patch;
}

function mergeList(patch: Members, name: string, old: readonly JsonObject[], now: readonly JsonObject[], key: string): void {
  const find = (list: readonly JsonObject[], item: JsonObject) => list.find((other) => other[key] === item[key]);
  const changed = now.flatMap((item) => {
    const known = find(old, item);
    const inner = known === undefined ? item : twoWayPatch(known, item, {});
    return Object.keys(inner).length === 0 ? [] : [{ ...inner, [key]: item[key] ?? null }];
  });
  const gone = old.filter((item) => find(now, item) === undefined).map((item) => ({ $patch: "delete", [key]: item[key] ?? null }));
  patch[`$setElementOrder/${name}`] = now.map((item) => ({ [key]: item[key] ?? null }));
  if (changed.length + gone.length > 0) patch[name] = [...changed, ...gone];
}

function items(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
