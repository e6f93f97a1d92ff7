import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { cli } from "../cli/cli.support.ts";
import type { DoctorReport } from "./examine.ts";
import type { Finding, FindingLevel } from "./finding.ts";
import type { FindingId } from "./catalogue.ts";

const schema: object = JSON.parse(readFileSync(new URL("../../schemas/doctor.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const isReport = ajv.compile<DoctorReport>(schema);

export interface Examined {
  code: number;
  report: DoctorReport;
  findings: readonly Finding[];
  /** `to-do connection.refused`, in the order of the report, without what is well. */
  complaints: readonly string[];
  /** The finding of that id. Throws where there is none. */
  of: (id: FindingId) => Finding;
}

/** Runs `doctor` for JSON, which must fit the schema that is published. */
export async function examineJson(args: readonly string[]): Promise<Examined> {
  const { code, out, err } = await cli(["doctor", ...args, "--output", "json"]);
  if (out === "") throw new Error(err);
  const report: unknown = JSON.parse(out);
  if (!isReport(report)) throw new Error(ajv.errorsText(isReport.errors));
  const { nodes, kubelets, runtime, files } = report;
  const findings = [...nodes, ...kubelets, ...[runtime, files].filter((one) => one !== undefined)].flatMap((one) => one.findings);
  return {
    code,
    report,
    findings,
    complaints: findings.filter(({ level }) => level !== "ok").map(({ level, id }) => `${level} ${id}`),
    of: (id) => {
      const found = findings.find((one) => one.id === id);
      if (!found) throw new Error(`no ${id} among ${findings.map((one) => one.id).join(", ")}`);
      return found;
    },
  };
}

/** The level of each finding, for whole comparisons. */
export function levelsOf(findings: readonly Finding[]): Partial<Record<FindingId, FindingLevel>> {
  return Object.fromEntries(findings.map(({ id, level }) => [id, level]));
}
