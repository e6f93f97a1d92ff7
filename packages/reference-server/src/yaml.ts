import type { DocumentOptions, ParseOptions, SchemaOptions } from "yaml";

/**
 * YAML as Kubernetes reads it, that is 1.1 as far as booleans (`yes`), numbers (`010`) and merge keys go, while times, dates and binary
 * data stay texts (sigs.k8s.io/yaml).
 */
export const kubernetesYaml: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  customTags: (tags) =>
    tags.filter((tag) => typeof tag === "string" || (tag.format !== "TIME" && !/:(?:timestamp|binary|omap|pairs|set)$/.test(tag.tag))),
};
