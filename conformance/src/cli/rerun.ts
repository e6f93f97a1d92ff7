import { requirements } from "@kubelet-conformance/spec";
import { select, type Selection } from "../engine/plan.ts";
import type { Verdict } from "../engine/verdicts.ts";
import { UsageError } from "../errors.ts";
import { say } from "../messages/say.ts";
import type { Io } from "./command.ts";

export const rerunOption = {
  kind: "text",
  advanced: true,
  value: "REPORT",
  help: "test only what failed in this JSON report: failed and suite-error, with --strict warned, too",
} as const;

interface RerunFlags {
  "rerun-failed": string | undefined;
  strict: boolean;
  server?: readonly string[];
  node?: readonly string[];
  "all-nodes"?: boolean;
}

/** Ids of what failed in the report that `--rerun-failed` names; undefined without it. Says how many there are. Throws a UsageError. */
export async function readRerun(
  command: "run" | "testbed",
  { "rerun-failed": file, strict, server = [], node = [], "all-nodes": all = false }: RerunFlags,
  selection: Selection,
  { err }: Io,
): Promise<string[] | undefined> {
  if (file === undefined) return undefined;
  const fail = (problem: string): never => {
    throw new UsageError("rerun-impossible", `--rerun-failed ${file}: ${problem}`);
  };
  if (all || node.length > 1 || (server.length > 1 && node.length === 0)) return fail("it is the report of one kubelet; name one with it");
  const { madeBy, readReport } = await import("../report/read.ts");
  const report = await readReport(file);
  const other = madeBy(report);
  if (other !== command) return fail(`${other} wrote this report; run it again with "kubelet-conformance ${other}"`);
  const again: readonly Verdict[] = ["failed", "suite-error", ...(strict ? (["warned"] as const) : [])];
  const failed = report.results.filter(({ verdict }) => again.includes(verdict)).map(({ id }) => id);
  if (failed.length === 0) return fail("nothing failed in it, so there is nothing to run again");
  const chosen = select(requirements(), { ...selection, only: failed }).length;
  if (chosen === 0) return fail(`none of its ${failed.length} failures is among the requirements that are chosen`);
  const { kubernetesVersion, server: place } = report.target;
  err.write(
    `${say("rerun: {count} of the {all} failures in {file}, of kubelet {version} at {server}", { count: chosen, all: failed.length, file, version: kubernetesVersion, server: place })}\n`,
  );
  return failed;
}
