import { compareHeaders, comparableHeaders } from "./compare.ts";
import { compareText } from "./compare-body.ts";
import { differing, type Difference } from "./difference.ts";
import type { AuthorizationRecording, MatrixRow } from "./recording.ts";
import { replay, type ReplayRequest } from "./replay.ts";
import type { Outcome, StageOptions } from "./replay-stage.ts";
import type { Subject } from "./subject.ts";

/** The requests behind the names in `extra`, of which only the answers were recorded. */
const extraRequests: Readonly<Record<string, { method: string; target: string; token?: string }>> = {
  badToken: { method: "GET", target: "/pods", token: "wrong" },
  noCredentials: { method: "GET", target: "/pods" },
  anonymousCheckpoint: { method: "POST", target: "/checkpoint/default/a/b" },
  forbiddenFull: { method: "POST", target: "/checkpoint/default/absent/c", token: "tok-none" },
  forbiddenUnicodeUser: { method: "GET", target: "/pods", token: "tok-spec" },
};

/** The ids under which the exchanges of the matrix are compared. */
export function authorizationIds(recording: AuthorizationRecording | undefined): readonly string[] {
  return [...Object.keys(recording?.matrix ?? {}), ...Object.keys(recording?.extra ?? {}).map((name) => `extra.${name}`)];
}

/** Asks for every path of the matrix as every user, and for the further requests that did not go through the API server. */
export async function replayAuthorization(
  subject: Subject,
  recording: AuthorizationRecording,
  { filter, signal }: StageOptions,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [id, row] of Object.entries(recording.matrix)) {
    signal.throwIfAborted();
    if (filter.test(id)) outcomes.push({ id, request: id, differences: await compareRow(subject, id, row) });
  }
  for (const [name, recorded] of Object.entries(recording.extra ?? {})) {
    const id = `extra.${name}`;
    if (!filter.test(id)) continue;
    const request = extraRequests[name];
    if (request === undefined) {
      outcomes.push({
        id,
        outOfScope: "it went through the API server, or how it was asked is not known",
      });
      continue;
    }
    const answer = await send(subject, request.method, request.target, request.token);
    const bodyLength = Buffer.byteLength(recorded.body);
    const differences =
      "error" in answer
        ? differing("answer", String(recorded.status), `none: ${answer.error}`)
        : [
            ...differing("status", String(recorded.status), String(answer.status)),
            ...compareHeaders(
              comparableHeaders(Object.entries(recorded.headers), bodyLength),
              lowerCase(comparableHeaders(answer.headers, answer.body.length)),
            ),
            ...compareText(recorded.body, answer.body.toString(), subject.places),
          ];
    outcomes.push({ id, request: `${request.method} ${request.target}`, differences });
  }
  return outcomes;
}

async function compareRow(subject: Subject, id: string, row: MatrixRow): Promise<readonly Difference[]> {
  const [method = "", target = ""] = id.split(" ");
  const differences: Difference[] = [];
  for (const [user, status] of Object.entries(row.statuses)) {
    const answer = await send(subject, method, target, `tok-${user}`);
    if ("error" in answer) {
      if (typeof status === "number")
        differences.push({
          field: `answer for u-${user}`,
          recorded: String(status),
          answered: `none: ${answer.error}`,
        });
      continue;
    }
    differences.push(...differing(`status for u-${user}`, String(status), String(answer.status)));
    if (user === "none" && row.forbiddenBody !== undefined)
      differences.push(...compareText(row.forbiddenBody, answer.body.toString(), subject.places));
  }
  return differences;
}

async function send({ endpoints, clients }: Subject, method: string, target: string, token: string | undefined) {
  const none = clients.get("none");
  if (endpoints.main === undefined || none === undefined) return { error: "there is no main listener" };
  const client: ReplayRequest["client"] = token === undefined ? none : { name: token, authorization: `Bearer ${token}` };
  return replay(endpoints.main, { method, target, headers: [], client });
}

/** The recorder kept names in lower case. */
function lowerCase(headers: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}
