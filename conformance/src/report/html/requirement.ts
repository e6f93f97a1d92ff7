import type { RecordedExchange } from "../../engine/record.ts";
import type { Result, Verdict } from "../../engine/verdicts.ts";
import { type PlainText, say, sayTitle } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { problemVerdicts, requirementOf, sourcesOf } from "../problems.ts";
import type { Report } from "../report.ts";
import { reproduction } from "../reproduce.ts";
import { heading, html, link, type Markup, type Piece } from "./markup.ts";
import type { Place } from "./summary.ts";

export const marks: Readonly<Record<Verdict, string>> = {
  "suite-error": "bad",
  failed: "bad",
  "known-failure": "odd",
  warned: "odd",
  blocked: "plain",
  "not-applicable": "plain",
  passed: "good",
};

/** A requirement with all that is known of it; `group` is the class of its profile. */
export function requirementEntry(result: Result, report: Report, { prefix, level }: Place, group: string, open: boolean): Markup {
  const { id, verdict, title, exchanges } = result;
  const isProblem = problemVerdicts.has(verdict);
  const { again, requests } = reproduction(result, report);
  const content = html`<summary>
      <span class="mark ${marks[verdict]}">${say(verdict)}</span> <code>${id}</code> <span class="title">${sayTitle(title)}</span>
    </summary>
    <div class="inside">
      <dl>
        ${fieldsOf(result).map(
          ([name, value]) =>
            html`<dt>${say(name)}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      ${exchanges.map((exchange, index) => exchangePart(exchange, level + 2, exchanges.length === 1 ? "" : `${index + 1}/${exchanges.length}`))}
      ${heading(level + 2, say("See it again"))}
      <pre>${[again, ...requests.slice(-1)].join("\n")}</pre>
    </div>`;
  // `open` is an attribute without a value.
  return open
    ? html`<details class="${isProblem ? "problem " : ""}${group}" id="${prefix}${id}" open>${content}</details>`
    : html`<details class="${isProblem ? "problem " : ""}${group}" id="${prefix}${id}">${content}</details>`;
}

function fieldsOf(result: Result): [name: PlainText, value: Piece][] {
  const { level, profile, expected, actual, reason, measured = {}, scenarios = [], durationMs } = result;
  const code = (value: string): Markup => html`<code>${value}</code>`;
  const figures = Object.entries(measured).map(([name, value]) => `${name} ${value}`);
  // Notes of the catalogue are not translated.
  const note = requirementOf(result)?.note;
  const fields: [name: PlainText, value: Piece][] = [
    ["level", level],
    ["profile", profile],
    ["expected", expected === undefined ? undefined : code(expected)],
    ["got", actual === undefined ? undefined : code(actual)],
    ["reason", reason && translated(reason)],
    ["note", note === undefined ? undefined : html`<span lang="en">${note}</span>`],
    ["measured", figures.length === 0 ? undefined : figures.join(", ")],
    ["scenarios", scenarios.length === 0 ? undefined : scenarios.map(({ name, verdict }) => `${name}: ${say(verdict)}`).join(", ")],
    ["took", durationMs === 0 ? undefined : `${durationMs.toFixed(1)} ms`],
    [
      "sources",
      sourcesOf(result).map(({ url, title, detail }) => html`<p>${link(url, title)}${detail === undefined ? "" : ` (${detail})`}</p>`),
    ],
  ];
  return fields.filter(([, value]) => value !== undefined);
}

/** As it went over the wire, as far as it may be shown. */
function exchangePart({ request, response, error, durationMs }: RecordedExchange, level: number, number: string): Markup {
  const title = number === "" ? say("Exchange") : say("Exchange {number}", { number });
  const about = `${title}: ${request.client}, ${request.listener}, ${durationMs} ms`;
  return html`${heading(level, about)}
    <pre>${sentText(request)}</pre>
    <pre>${response ? receivedText(response) : `${say("no answer")}: ${error?.message ?? ""}`}</pre>`;
}

function sentText({ method, target, headers, body, raw }: RecordedExchange["request"]): string {
  if (raw) return body ?? "";
  return [`${method} ${target}`, ...headers.map(([name, value]) => `${name}: ${value}`), ...(body === undefined ? [] : ["", body])].join(
    "\n",
  );
}

function receivedText({ httpVersion, status, reason, headers, body, bodyBytes }: NonNullable<RecordedExchange["response"]>): string {
  const head = [`HTTP/${httpVersion} ${status} ${reason}`.trimEnd(), ...headers.map(([name, value]) => `${name}: ${value}`)];
  const rest = body.endsWith("…") ? [say("({count} bytes in all)", { count: bodyBytes })] : [];
  return [...head, ...(body === "" ? [] : ["", body]), ...rest].join("\n");
}
