import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/** What of schemathesis's ndjson report is read here. */
interface Event {
  ScenarioFinished?: { recorder: Partial<Recorder> };
  NonFatalError?: { label: string; value?: { message?: string } };
  FatalError?: unknown;
}

interface Recorder {
  label: string;
  cases: Record<string, unknown>;
  checks: Record<string, readonly Check[]>;
  interactions: Record<string, Interaction>;
}

interface Check {
  status: string;
  failure_info?: { failure: { title: string; message: string } };
}

interface Interaction {
  request: { method: string; uri: string };
  response?: { status_code: number };
}

export interface Report {
  cases: number;
  operations: number;
  /** One line each, with a request that shows it. */
  failures: readonly string[];
}

/** Every kind of failure counts once for an operation and a status. */
export async function readReport(path: string): Promise<Report> {
  const operations = new Set<string>();
  const failures = new Map<string, string>();
  let cases = 0;
  for await (const line of createInterface(createReadStream(path))) {
    const event = JSON.parse(line) as Event; // The program's documented format; the version is pinned.
    if (event.NonFatalError) failures.set(line, `${event.NonFatalError.label}: ${JSON.stringify(event.NonFatalError)}`);
    if (event.FatalError) failures.set(line, JSON.stringify(event.FatalError));
    const { label = "", cases: made = {}, checks = {}, interactions = {} } = event.ScenarioFinished?.recorder ?? {};
    const count = Object.keys(made).length;
    if (count > 0) operations.add(label);
    cases += count;
    for (const [id, list] of Object.entries(checks)) {
      for (const { failure_info: info } of list) {
        if (!info) continue;
        const { request, response } = interactions[id] ?? {};
        const { title, message } = info.failure;
        const status = response?.status_code ?? "no answer";
        failures.set(
          [label, status, title].join(),
          `${label}: ${status}: ${title}: ${message.trim().replaceAll(/\s+/g, " ").slice(0, 300)}; ${request?.method} ${request?.uri}`,
        );
      }
    }
  }
  return { cases, operations: operations.size, failures: [...failures.values()] };
}
