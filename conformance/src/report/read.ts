import { readFile } from "node:fs/promises";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { UsageError, whyUnreadable } from "../errors.ts";
import type { FleetReport } from "./fleet/fleet-report.ts";
import type { Report } from "./report.ts";

/** Reads the file of `--report json=FILE`, of one kubelet. Throws a UsageError that says in one line what the file is instead. */
export async function readReport(file: string): Promise<Report> {
  const report = await readAnyReport(file);
  if (!isFleet(report) && report.notTested)
    throw unreadable(file, "has no results, since the kubelet could not be tested; give one of a run that could");
  if (!isFleet(report)) return report;
  throw unreadable(file, "is a report of many kubelets; give one of one kubelet, as --report json=NAME-{node}.json writes them");
}

/** The same of one kubelet or of many. */
export async function readAnyReport(file: string): Promise<Report | FleetReport> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw unreadable(file, `cannot be read: ${whyUnreadable(cause)}`, cause);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, "is not JSON; give the file that --report json=FILE wrote", cause);
  }
  if (!isObject(value) || !isObject(value["suite"]) || value["suite"]["name"] !== "kubelet-conformance")
    throw unreadable(file, "is JSON, but no report of kubelet-conformance; give the file that --report json=FILE wrote");
  if (value["schemaVersion"] !== 1) {
    const version = JSON.stringify(value["schemaVersion"]);
    throw unreadable(file, `has schema version ${version}, and this version reads 1; use the version that wrote it`);
  }
  const validate = await (value["kind"] === "fleet" ? validators.fleet() : validators.report());
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    throw unreadable(file, `is damaged: ${error?.instancePath || "it"} ${error?.message ?? "is not as the schema says"}`);
  }
  // The schema says the same as the type.
  return value as unknown as Report | FleetReport;
}

export function isFleet(report: Report | FleetReport): report is FleetReport {
  return "kind" in report;
}

/** Which command made it: every result of a testbed tells its scenarios. */
export function madeBy({ results }: Report): "run" | "testbed" {
  return results.some(({ scenarios }) => scenarios !== undefined) ? "testbed" : "run";
}

function unreadable(file: string, problem: string, cause?: unknown): UsageError {
  return new UsageError("report-unreadable", `report ${file} ${problem}`, { cause });
}

/** Compiled once, however many files are read. */
const validators = {
  report: once(() => compile("report")),
  fleet: once(() => compile("fleet-report")),
};

async function compile(name: "report" | "fleet-report"): Promise<ValidateFunction> {
  const [{ Ajv2020 }, formats] = await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
  formats.default.default(ajv);
  // Files of our own.
  const read = async (schema: string): Promise<object> =>
    JSON.parse(await readFile(new URL(`../../schemas/${schema}.schema.json`, import.meta.url), "utf8")) as object;
  if (name !== "report") ajv.addSchema(await read("report"));
  return ajv.compile(await read(name));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
