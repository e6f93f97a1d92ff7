import type { BehaviourValues } from "@kubelet-conformance/types";
import { quote } from "../http/bytes.ts";
import type { Query } from "../http/target.ts";
import { parseRfc3339, type GoTime } from "../rfc3339.ts";
import { invalid, listText, parseInteger, timeText } from "./field-error.ts";
import { fileProblem } from "./log-files.ts";
import { patternProblem } from "./pattern.ts";

/** What differs between minors that have the query. */
export type QueryRules = NonNullable<BehaviourValues["node-log-query"]>;

/** A query for the logs of services, or for one file. */
export interface NodeLogQuery {
  services: readonly string[];
  files: readonly string[];
  sinceTime: GoTime | undefined;
  untilTime: GoTime | undefined;
  boot: number | undefined;
  tailLines: number | undefined;
  /** Empty: none. */
  pattern: string;
}

/** newNodeLogQuery: the query, the errors in it, or undefined when nothing is asked for. */
export function parseNodeLogQuery(query: Query, rules: QueryRules): NodeLogQuery | { errors: readonly string[] } | undefined {
  const errors: string[] = [];
  const queries = query.values("query");
  const files = queries.filter((name) => /[/\\]/.test(name));
  const services = queries.filter((name) => !/[/\\]/.test(name) && name.trim() !== "");
  if (queries.length > 0 && files.length + services.length === 0) {
    errors.push(invalid("query", listText(queries, rules.values), rules.blank));
  }

  function time(name: string): GoTime | undefined {
    const text = query.first(name) ?? "";
    const value = text === "" ? undefined : parseRfc3339(text);
    if (text !== "" && value === undefined) errors.push(invalid(name, quote(text), "invalid time format"));
    return value;
  }

  function integer(name: string): number | undefined {
    const text = query.first(name) ?? "";
    const value = text === "" ? undefined : parseInteger(text);
    if (typeof value !== "string") return value;
    errors.push(invalid(name, quote(text), value));
    return undefined;
  }

  // Errors come in this order.
  const [sinceTime, untilTime] = [time("sinceTime"), time("untilTime")];
  const [boot, tailLines] = [integer("boot"), integer("tailLines")];
  const parsed = { services, files, sinceTime, untilTime, boot, tailLines, pattern: query.first("pattern") ?? "" };
  if (errors.length > 0) return { errors };
  return files.length + services.length > 0 || hasOptions(parsed) ? parsed : undefined;
}

export function hasOptions({ sinceTime, untilTime, boot, tailLines, pattern }: NodeLogQuery): boolean {
  return [sinceTime, untilTime, boot, tailLines].some((value) => value !== undefined) || pattern !== "";
}

const mostServices = 4;
const longestService = 256;
const mostTailLines = 100_000;

/** nodeLogQuery.validate: what is wrong with the query, in the kubelet's order. */
export async function validateNodeLogQuery(query: NodeLogQuery, rules: QueryRules, directory: string): Promise<readonly string[]> {
  const { services, sinceTime, untilTime, boot, tailLines, pattern } = query;
  const errors = services.flatMap((name) => {
    const problem = serviceProblem(name, rules);
    return problem === undefined ? [] : [invalid("query", quote(name), problem)];
  });
  if (services.length > mostServices) errors.push(`query: Too many: ${services.length}: must have at most ${mostServices} items`);
  const sourceError = await sourceProblem(query, rules, directory);
  if (sourceError !== undefined) errors.push(sourceError);
  if (sinceTime !== undefined && untilTime !== undefined && sinceTime.nanoseconds > untilTime.nanoseconds) {
    errors.push(invalid("untilTime", timeText(untilTime, rules.values), "must be after `sinceTime`"));
  }
  if (boot !== undefined && boot > 0) errors.push(invalid("boot", String(boot), "must be less than 1"));
  if (tailLines !== undefined && (tailLines < 0 || tailLines > mostTailLines)) {
    errors.push(invalid("tailLines", String(tailLines), `must be between 0 and ${mostTailLines}, inclusive`));
  }
  const problem = patternProblem(pattern);
  if (problem !== undefined) errors.push(invalid("pattern", quote(pattern), `error parsing regexp: ${problem}`));
  return errors;
}

function serviceProblem(name: string, { tooLong, dots }: QueryRules): string | undefined {
  if (Buffer.byteLength(name) > longestService) return tooLong;
  return (dots ? /[^a-zA-Z\-_.:0-9@]/ : /[^a-zA-Z\-_0-9@]/).test(name) ? "input contains unsupported characters" : undefined;
}

async function sourceProblem(query: NodeLogQuery, rules: QueryRules, directory: string): Promise<string | undefined> {
  const { files, services } = query;
  const [file] = files;
  if (file === undefined) return services.length === 0 ? "query: Required value: cannot be empty with options" : undefined;
  const names = listText(files, rules.values);
  if (services.length > 0) {
    return invalid("query", quote(`[${files.join(" ")}], [${services.join(" ")}]`), "cannot specify a file and service");
  }
  if (files.length > 1) return invalid("query", names, "cannot specify more than one file");
  if (hasOptions(query)) return invalid("query", names, "cannot specify file with options");
  const problem = await fileProblem(directory, file, rules.files);
  return problem === undefined ? undefined : invalid("query", names, problem);
}
