import { readFile } from "node:fs/promises";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { nearest } from "@kubelet-conformance/spec";
import { FileError, parseLocated, type Place } from "../located-document.ts";
import { selectExample } from "../select.ts";
import type { Specification } from "../specification.ts";
import { WishError } from "../wish.ts";
import { checkShape, type Problem } from "./check-shape.ts";
import type { Conditions, ScenarioAnswer, ScenarioFile } from "./scenario.ts";

/** Reads a file of scenarios, YAML or JSON, and checks it against the spec. Throws FileError that names line, place and reason. */
export async function readScenarios(file: string, specification: Specification): Promise<ScenarioFile> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new FileError(`${file} ${missing ? "does not exist" : "cannot be read"}; give a file of scenarios, YAML or JSON`, { cause });
  }
  const { value, locate } = await parseLocated(file, text);
  return checkScenarios(value, specification, locate);
}

/** The same for scenarios that are no file. */
export async function checkScenarios(
  value: unknown,
  specification: Specification,
  locate: (place: Place) => string = () => "scenarios",
): Promise<ScenarioFile> {
  const shape = await checkShape(value);
  // The schema and the type say the same.
  const scenarios = value as ScenarioFile;
  const problem = shape ?? checkSense(scenarios, specification);
  if (problem) throw new FileError(`${locate(problem.place)}: ${spell(problem.place)} ${problem.reason}`);
  return scenarios;
}

function spell(place: Place): string {
  if (place.length === 0) return "the file";
  return place.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

/** What a schema cannot know. */
function checkSense({ start, scenarios }: ScenarioFile, specification: Specification): Problem | undefined {
  const names = Object.keys(scenarios);
  if (start !== undefined && !names.includes(start)) return { place: ["start"], reason: unknown(start, names) };
  for (const [name, { rules }] of Object.entries(scenarios)) {
    for (const [number, { when = {}, answers }] of rules.entries()) {
      const place = ["scenarios", name, "rules", number];
      const problem = checkRule(when, answers, specification);
      if (problem) return { place: [...place, ...problem.place], reason: problem.reason };
    }
  }
  return undefined;
}

function checkRule(when: Conditions, answers: readonly ScenarioAnswer[], { minor, operations }: Specification): Problem | undefined {
  const operation = operations.find(({ operationId }) => operationId === when.operation);
  if (when.operation !== undefined && !operation) {
    const ids = operations.map(({ operationId }) => operationId);
    const similar = nearest(when.operation, ids);
    return {
      place: ["when", "operation"],
      reason: `"${when.operation}" is no operation of ${minor}; ${similar === undefined ? "see the operationIds at / of the mock" : `did you mean "${similar}"?`}`,
    };
  }
  for (const [index, { code, example, headers = {} }] of answers.entries()) {
    const bad = Object.entries(headers).find(([name, value]) => !isHeader(name, value));
    if (bad) return { place: ["answers", index, "headers", bad[0]], reason: "cannot be sent as a header" };
    const framing = Object.keys(headers).find((name) => /^(content-length|transfer-encoding|trailer)$/i.test(name));
    if (framing !== undefined)
      return { place: ["answers", index, "headers", framing], reason: "belongs to the mock, which says how long a body is; see fault" };
    if (example === undefined) continue;
    const place = ["answers", index, "example"];
    if (!operation) return { place, reason: "belongs to an operation; name it in when.operation" };
    try {
      selectExample(operation, { example, ...(code === undefined ? {} : { code }) });
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      return { place, reason: `is not there: ${error.message}` };
    }
  }
  return undefined;
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function unknown(name: string, names: readonly string[]): string {
  const similar = nearest(name, names);
  return `"${name}" is no scenario of this file; ${similar === undefined ? `there are ${names.join(", ")}` : `did you mean "${similar}"?`}`;
}
