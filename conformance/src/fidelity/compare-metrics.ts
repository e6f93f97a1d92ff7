import { exposition, ExpositionError, type Family, type Sample } from "../target/exposition.ts";
import { differing, type Difference } from "./difference.ts";

/** Labels whose values belong to the machine or to the build. */
const ofTheMachine: ReadonlySet<string> = new Set(
  (
    "device interface boot_id machine_id system_uuid kernelVersion osVersion cadvisorVersion cadvisorRevision uid " +
    "version git_commit build_date go_version"
  ).split(" "),
);

/** Labels of cgroups; whether they are empty tells what the cgroup is. */
const ofTheCgroup: ReadonlySet<string> = new Set(["id", "name"]);

/** Families whose series, and so whether they are there at all, tell what happened before: which requests came, what the runtime was asked, what a minute brings. */
const ofTheRun =
  /^kubelet_(?:http_\w+|runtime_operations_\w+|running_containers|cgroup_manager_duration_seconds|volume_metric_collection_duration_seconds|websocket_streaming_requests_total)$/;

/** Families of the machine's network: a sandbox without one has none. */
const ofTheNetwork = /^container_network_/;

/** Whether a body is in the text format of metrics. */
export function isMetrics(text: string): boolean {
  return text.startsWith("# HELP ");
}

/** Compares what does not change between runs: families and their order, help texts, types, label sets, buckets, which samples carry a timestamp. */
export function compareMetrics(recorded: string, answered: string): readonly Difference[] {
  const wanted = exposition(recorded);
  let got: readonly Family[];
  try {
    got = exposition(answered);
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    return [{ field: "metrics", recorded: "well-formed", answered: error.message }];
  }
  const gotByName = new Map(got.map((family) => [family.name, family]));
  const order = (families: readonly Family[]): string =>
    families
      .map(({ name }) => name)
      .filter((name) => !ofTheRun.test(name) && !ofTheNetwork.test(name))
      .join(" ");
  return [
    ...namesMissing("families", order(wanted), order(got)),
    ...wanted.flatMap((family) => {
      const other = gotByName.get(family.name);
      return other === undefined ? [] : compareFamily(family, other);
    }),
  ];
}

function namesMissing(field: string, recorded: string, answered: string): readonly Difference[] {
  const [wanted, got] = [recorded.split(" "), answered.split(" ")];
  const lost = wanted.filter((name) => !got.includes(name));
  const extra = got.filter((name) => !wanted.includes(name));
  if (lost.length + extra.length === 0) return differing(`order of ${field}`, recorded, answered);
  return [{ field, recorded: lost.join(" ") || "no more", answered: extra.join(" ") || "no more" }];
}

function compareFamily(recorded: Family, answered: Family): readonly Difference[] {
  const { name } = recorded;
  return [
    ...differing(`help of ${name}`, recorded.help, answered.help),
    ...differing(`type of ${name}`, recorded.type, answered.type),
    ...differing(`series of ${name}`, shapesOf(recorded), shapesOf(answered)),
  ];
}

/** Each kind of series once. */
function shapesOf({ name, samples }: Family): string {
  const isOfTheRun = ofTheRun.test(name);
  return [...new Set(samples.map((sample) => shapeOf(sample, isOfTheRun)))].toSorted().join("\n");
}

function shapeOf({ name, labels, timestamp }: Sample, isOfTheRun: boolean): string {
  const isCgroup = "id" in labels;
  const parts = Object.entries(labels).map(([label, value]) => {
    if (label === "le" || label === "quantile") return `${label}="${value}"`;
    const isHidden = isOfTheRun || ofTheMachine.has(label) || (isCgroup && ofTheCgroup.has(label) && value !== "");
    return `${label}="${isHidden ? "*" : value}"`;
  });
  return `${name}{${parts.join(",")}}${timestamp === undefined ? "" : " with a timestamp"}`;
}
