import { inRange, type Range } from "@kubelet-conformance/spec";
import cadvisorRows from "./tables/cadvisor.json" with { type: "json" };
import gateRows from "./tables/feature-gates.json" with { type: "json" };
import kubeletRows from "./tables/kubelet.json" with { type: "json" };
import type { Family, Labels } from "./exposition.ts";

/** A family as real kubelets announce it. tools/metric-families.ts makes the tables from the recordings. */
interface FamilyRow extends Range {
  name: string;
  help: string;
  type: Family["type"];
}

/** A family of /metrics. */
export interface KubeletRow extends FamilyRow {
  /** Upper bounds of a histogram's buckets, without +Inf. */
  bounds?: readonly string[];
  quantiles?: readonly string[];
  /** The label sets that an idle kubelet shows. Default one without labels. */
  series?: readonly Labels[];
  /** Its series tell what has happened on the node: without anything to tell the family is not there. */
  live?: boolean;
}

/** A cgroup that cAdvisor tells of: `/`, those above the pods, a pod's, its sandbox's, a container's. */
export type CgroupKind = "root" | "parent" | "pod" | "sandbox" | "container";

/** A family of /metrics/cadvisor. */
export interface CadvisorRow extends FamilyRow {
  of: "machine" | readonly CgroupKind[];
  /** Label sets of its own, one series each. */
  labels?: readonly Labels[];
  /** One series per disk or network interface. */
  per?: "device" | "interface";
  /** Its samples carry no timestamp. */
  untimed?: boolean;
}

/** A gate as `kubernetes_feature_enabled` shows it where nothing sets it. */
export interface GateRow extends Range {
  name: string;
  stage: string;
  enabled: boolean;
}

// A JSON file's type says string where the tables hold one of a few words; tables.test.ts holds them against these types.
export const kubeletTable = kubeletRows as readonly KubeletRow[];
export const cadvisorTable = cadvisorRows as readonly CadvisorRow[];
const gateTable: readonly GateRow[] = gateRows;

/** The rows of a table that hold for a minor. */
export function rowsAt<Row extends Range>(table: readonly Row[], minor: string): readonly Row[] {
  return table.filter((row) => inRange(minor, row));
}

const gatesByMinor = new Map<string, ReadonlyMap<string, GateRow>>();

/** The gates of a minor, by name; the recordings show them from 1.30 on. */
export function gatesAt(minor: string): ReadonlyMap<string, GateRow> {
  const gates = gatesByMinor.get(minor) ?? new Map(rowsAt(gateTable, minor).map((row) => [row.name, row]));
  gatesByMinor.set(minor, gates);
  return gates;
}
