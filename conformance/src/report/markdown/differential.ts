import { comparisonText, explainedRows, unexplainedLines } from "../../differential/lines.ts";
import type { Differential } from "../../differential/differential.ts";
import { say } from "../../messages/say.ts";
import { block, code, plain, table } from "./escape.ts";

/** How a kubelet looks through the node proxy and without it: what nothing explains first, since it fails the run. */
export function differentialParts(differential: Differential, level: number, name = ""): string[] {
  const { proxy, direct, unexplained } = differential;
  const rows = explainedRows(differential).map(({ id, title, what }) => [`${plain(title)} (${plain(id)})`, plain(what)]);
  const ways = `- ${say("through the proxy")}: ${code(proxy)}\n- ${say("direct")}: ${code(direct)}`;
  const counts = plain(comparisonText(differential));
  return [
    `${"#".repeat(level)} ${say("Node proxy and direct")}${name === "" ? "" : `: ${code(name)}`}`,
    `${unexplained === 0 ? counts : `**${counts}**`}\n\n${ways}`,
    ...(unexplained === 0 ? [] : [block([say("differences without an explanation:"), ...unexplainedLines(differential)])]),
    ...(rows.length === 0 ? [] : [table([say("What the proxy changes"), say("Seen in")], ["left", "left"], rows)]),
  ];
}
