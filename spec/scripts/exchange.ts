import type { OperationSummary } from "../src/openapi.ts";
import type { Exchange, Expectation } from "../src/requirement.ts";
import type { Vocabulary } from "../src/vocabulary.ts";
import { unknown } from "./names.ts";
import { isPattern } from "./terms.ts";

/** The names that entries may use. */
export interface Known {
  words: Vocabulary;
  /** Undefined when the document itself is broken: then no name of an operation is checked. */
  operations: OperationSummary[] | undefined;
  /** Names of behaviour tables. */
  behaviours: string[];
}

type Report = (member: string, text: string) => void;

/** Checks the names that an exchange uses; `report` gets the member's dotted name below `exchange`. */
export function checkExchange({ request, expect }: Exchange, known: Known, report: Report): void {
  if ((request.operation === undefined) === (request.target === undefined)) {
    report("request", "a request names an operation or a target, not both and not neither; correct it");
  }
  if (request.operation !== undefined) checkPath(request.operation, Object.keys(request.path ?? {}), known, report);
  const { should, ...must } = expect;
  checkExpectation(must, "expect", known, report);
  if (should) checkExpectation(should, "expect.should", known, report);
}

function checkPath(operationId: string, parameters: string[], { operations }: Known, report: Report): void {
  if (!operations) return;
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation)
    return report(
      "request.operation",
      unknown(
        "operation",
        operationId,
        operations.map((candidate) => candidate.operationId),
      ),
    );
  const names = operation.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
  for (const parameter of parameters.filter((name) => !names.includes(name))) {
    report(`request.path.${parameter}`, unknown(`path parameter of ${operationId}`, parameter, names));
  }
}

function checkExpectation(expectation: Expectation, member: string, { words, behaviours }: Known, report: Report): void {
  const classes = words.answers.map(({ id }) => id);
  const named = [expectation.class ?? [], expectation.not ?? []].flat();
  for (const name of named.filter((candidate) => !classes.includes(candidate))) report(member, unknown("answer class", name, classes));
  const values = [expectation.status, expectation.text, expectation.pattern, ...Object.values(expectation.headers ?? {})];
  for (const value of values) {
    if (typeof value !== "object" || value === null || !("behaviour" in value)) continue;
    if (!behaviours.includes(value.behaviour)) report(member, unknown("behaviour table", value.behaviour, behaviours));
  }
  const patterns = [
    expectation.pattern,
    ...Object.values(expectation.headers ?? {}).map((value) =>
      value !== null && typeof value === "object" && "pattern" in value ? value.pattern : undefined,
    ),
  ];
  for (const pattern of patterns) {
    if (typeof pattern === "string" && !isPattern(pattern)) report(member, `"${pattern}" is no ECMAScript regular expression; correct it`);
  }
}
