import { createHash } from "node:crypto";
import type { RecordedExchange } from "../engine/record.ts";
import { printableLines } from "../engine/text.ts";
import type { Result } from "../engine/verdicts.ts";
import { problemFields, sourcesOf, worstFirst } from "./problems.ts";
import type { Report } from "./report.ts";
import { differenceResults, differenceRules } from "./sarif-differential.ts";
import { locationOf, uriPart } from "./sarif-location.ts";
import type { SarifLevel, SarifLog, SarifResponse, SarifResult, SarifRule, SarifRun } from "./sarif-types.ts";
import { endsOf, subjectName, subjectText } from "./subject.ts";

/**
 * The report for code scanning. Readers of SARIF show every result as an alert, whatever its kind, so there is one for each requirement that is broken, and
 * none for those that hold or were not tested. Our own faults are notifications.
 */
export function toSarif(report: Report): SarifLog {
  return { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [toRun(report)] };
}

function toRun(report: Report): SarifRun {
  const { suite, target, summary, results, startedAt, durationMs, differential } = report;
  const broken = worstFirst(results).filter(({ verdict }) => verdict === "failed" || verdict === "known-failure" || verdict === "warned");
  const faults = results.filter(({ verdict }) => verdict === "suite-error");
  const ends = endsOf(report);
  return {
    tool: toolOf(suite, [...broken.map(toRule), ...differenceRules([report])]),
    automationDetails: { id: `${suite.name}/${uriPart(subjectName(report))}/`, description: { text: subjectText(report) } },
    originalUriBaseIds: baseIds(suite),
    invocations: [
      {
        executionSuccessful: faults.length === 0 && ends.length === 0,
        startTimeUtc: startedAt,
        endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
        toolExecutionNotifications: [
          ...faults.map(({ id, reason, actual }) => ({
            level: "error" as const,
            message: { text: printableLines(`${id}: ${reason ?? actual ?? "no reason"}`) },
          })),
          ...ends.map(({ message, detail }) => ({
            level: "error" as const,
            message: { text: printableLines([message, ...detail].join("\n")) },
          })),
        ],
      },
    ],
    results: [...broken.map((result, index) => toResult(result, index, report)), ...differenceResults(report, broken.length)],
    columnKind: "utf16CodeUnits",
    properties: { target, summary, ...(differential ? { differential } : {}) },
  };
}

export function toolOf({ name, version }: Pick<Report["suite"], "name" | "version">, rules: SarifRule[]): SarifRun["tool"] {
  return {
    driver: { name, semanticVersion: version, informationUri: "https://www.npmjs.com/package/kubelet-conformance", rules },
  };
}

/** What the paths of locations are relative to. */
export function baseIds({ requirementSet, version }: Pick<Report["suite"], "requirementSet" | "version">): SarifRun["originalUriBaseIds"] {
  return {
    KUBERNETES: {
      uri: `https://github.com/kubernetes/kubernetes/blob/release-${uriPart(requirementSet)}/`,
      description: { text: "The Kubernetes repository: the code that the requirement comes from, not that of the kubelet under test" },
    },
    SUITE: { description: { text: `The repository of kubelet-conformance ${version}` } },
  };
}

const levels: Readonly<Record<Result["level"], SarifLevel>> = { MUST: "error", SHOULD: "warning", MAY: "note" };

/** A broken requirement as a rule. */
export function toRule(result: Result): SarifRule {
  const [page] = sourcesOf(result).flatMap(({ url }) => url ?? []);
  return {
    id: result.id,
    shortDescription: { text: printableLines(result.title) },
    ...(page === undefined ? {} : { helpUri: encodeURI(page) }),
    help: { text: `kubelet-conformance explain ${result.id}` },
    defaultConfiguration: { level: levels[result.level] },
    properties: { tags: [result.level, result.profile] },
  };
}

/** A broken requirement as a result; `ruleIndex` is its rule's. */
export function toResult(result: Result, ruleIndex: number, report: Report): SarifResult {
  const { id, verdict, title, expected, actual, reason, exchanges } = result;
  const difference = expected === undefined ? "" : `expected ${expected}, got ${actual}`;
  const [exchange] = exchanges.slice(-1);
  const hash = createHash("sha256")
    .update(`${id}\n${subjectName(report)}`)
    .digest("hex");
  return {
    ruleId: id,
    ruleIndex,
    kind: "fail",
    // Not every reader knows suppressions.
    level: verdict === "warned" ? "warning" : verdict === "known-failure" ? "note" : levels[result.level],
    message: { text: printableLines([title, difference, reason].filter(Boolean).join("\n")) },
    locations: [locationOf(result)],
    // The second is the one that GitHub tells alerts apart by.
    partialFingerprints: { "kubeletRequirement/v1": hash, primaryLocationLineHash: `${hash.slice(0, 16)}:1` },
    ...(verdict === "known-failure"
      ? { suppressions: [{ kind: "external" as const, status: "accepted" as const, justification: printableLines(reason ?? "listed") }] }
      : {}),
    ...(exchange ? exchangeOf(exchange) : {}),
    properties: Object.fromEntries(problemFields(result, report)),
  };
}

function exchangeOf({ request, response }: RecordedExchange): Pick<SarifResult, "webRequest" | "webResponse"> {
  const webResponse: SarifResponse = response
    ? {
        protocol: "HTTP",
        version: response.httpVersion,
        statusCode: response.status,
        reasonPhrase: printableLines(response.reason),
        headers: headersOf(response.headers),
        body: { text: printableLines(response.body) },
      }
    : { noResponseReceived: true };
  return {
    webRequest: {
      protocol: "HTTP",
      target: request.target,
      method: request.method,
      headers: headersOf(request.headers),
      ...(request.body === undefined ? {} : { body: { text: printableLines(request.body) } }),
    },
    webResponse,
  };
}

/** Values of one name stand behind each other. */
function headersOf(headers: RecordedExchange["request"]["headers"]): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of headers) values.set(name, values.has(name) ? `${values.get(name)}, ${value}` : value);
  return Object.fromEntries(values);
}
