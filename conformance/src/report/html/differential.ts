import { comparisonText, explainedRows, unexplainedLines } from "../../differential/lines.ts";
import type { Differential } from "../../differential/differential.ts";
import { type PlainText, say } from "../../messages/say.ts";
import { heading, html, type Markup } from "./markup.ts";
import { table } from "./summary.ts";

const text = {
  title: "Node proxy and direct",
  changes: "What the proxy changes",
  seen: "Seen in",
  unexplained: "Differences without an explanation",
} as const satisfies Record<string, PlainText>;

/** How a kubelet looks through the node proxy and without it: what nothing explains first, since it fails the run. */
export function differentialSection(differential: Differential, level: number, name = ""): Markup {
  const { proxy, direct, unexplained } = differential;
  const rows = explainedRows(differential);
  const head = html`<tr>
    <th scope="col">${say(text.changes)}</th>
    <th scope="col">${say(text.seen)}</th>
  </tr>`;
  return html`<section>
    ${heading(level, name === "" ? say(text.title) : `${say(text.title)}: ${name}`)}
    <p class="verdict ${unexplained === 0 ? "good" : "bad"}">${comparisonText(differential)}</p>
    <dl>
      <dt>${say("through the proxy")}</dt>
      <dd>${proxy}</dd>
      <dt>${say("direct")}</dt>
      <dd>${direct}</dd>
    </dl>
    ${unexplained === 0 ? undefined : [heading(level + 1, say(text.unexplained)), html`<pre>${unexplainedLines(differential).join("\n")}</pre>`]}
    ${
      rows.length === 0
        ? undefined
        : table(
            say(text.changes),
            head,
            rows.map(
              ({ id, title, what }) =>
                html`<tr>
                  <th scope="row">${title} <span class="faint">(${id})</span></th>
                  <td>${what}</td>
                </tr>`,
            ),
          )
    }
  </section>`;
}
