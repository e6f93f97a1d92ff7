import { readFile } from "node:fs/promises";
import { systemCode, UsageError } from "../errors.ts";
import type { Report } from "./report.ts";

/** Reads the file of `--report json=FILE`. Throws a UsageError that says in one line what the file is instead. */
export async function readReport(file: string): Promise<Report> {
  const fail = (problem: string, cause?: unknown): never => {
    throw new UsageError("report-unreadable", `report ${file} ${problem}`, { cause });
  };
  const text = await readFile(file, "utf8").catch((cause: unknown) =>
    fail(`cannot be read: ${systemCode(cause) === "ENOENT" ? "there is no such file" : String(cause)}`, cause),
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return fail("is not JSON; give the file that --report json=FILE wrote", cause);
  }
  if (!isObject(value) || !isObject(value["suite"]) || value["suite"]["name"] !== "kubelet-conformance")
    return fail("is JSON, but no report of kubelet-conformance; give the file that --report json=FILE wrote");
  if (value["schemaVersion"] !== 1)
    return fail(`has schema version ${JSON.stringify(value["schemaVersion"])}, and this version reads 1; use the version that wrote it`);
  const problem = await problemOf(value);
  if (problem !== undefined) return fail(`is damaged: ${problem}`);
  // The schema says the same as the type.
  return value as unknown as Report;
}

/** Which command made it: every result of a testbed tells its scenarios. */
export function madeBy({ results }: Report): "run" | "testbed" {
  return results.some(({ scenarios }) => scenarios !== undefined) ? "testbed" : "run";
}

async function problemOf(value: unknown): Promise<string | undefined> {
  const [{ Ajv2020 }, formats] = await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
  formats.default.default(ajv);
  // A file of our own.
  const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8")) as object;
  const validate = ajv.compile(schema);
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath || "it"} ${error?.message ?? "is not as the schema says"}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
