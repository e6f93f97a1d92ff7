import type { KubeObject } from "../api/json.ts";
import type { Target } from "../api/target.ts";
import { fieldMatcher, labelMatcher, type Matcher } from "../api/selectors.ts";

/** The objects of a collection that a request is about: namespace, name and both selectors. Throws BadRequest. */
export function selection({ namespace, name }: Target, query: URLSearchParams): Matcher {
  const fields = fieldMatcher(query.get("fieldSelector") ?? "");
  const labels = labelMatcher(query.get("labelSelector") ?? "");
  return (object: KubeObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    fields(object) &&
    labels(object);
}
