import type { Source } from "@kubelet-conformance/spec";
import type { Result } from "../engine/verdicts.ts";

/** What one kubelet looks like through its API server's node proxy and without it. */
export interface Differential {
  /** Where each way leads. */
  proxy: string;
  direct: string;
  /** Requirements that both ways were asked about, and those of them with the same verdict. */
  compared: number;
  alike: number;
  differences: RequirementDifference[];
  /** Of answers to the same request, where the verdict is the same. */
  headers: HeaderDifference[];
  /** Differences, of both kinds, for which no reason is known: a defect of the kubelet, of the API server or of this suite. */
  unexplained: number;
}

export interface RequirementDifference {
  id: string;
  title: string;
  proxy: Side;
  direct: Side;
  /** What the node proxy changes there; null: nothing that is known. */
  change: Change | null;
}

export type Side = Pick<Result, "verdict" | "reason" | "expected" | "actual">;

export interface HeaderDifference {
  /** In lower case. */
  name: string;
  /** What the way through the proxy did to it. */
  kind: "added" | "removed" | "changed";
  /** How many answers show it. */
  answers: number;
  /** A requirement whose exchange does. */
  example: string;
  change: Change | null;
}

export interface Change {
  id: string;
  title: string;
  sources: Source[];
}
