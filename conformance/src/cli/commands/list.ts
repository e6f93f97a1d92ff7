import { holdsFor, minorOf, minors, type Requirement, requirements, vocabulary, whyNotScored } from "@kubelet-conformance/spec";
import { select } from "../../engine/plan.ts";
import { UsageError } from "../../errors.ts";
import { requireMinor } from "../../target/discover.ts";
import { say, sayTitle } from "../../messages/say.ts";
import { defineCommand } from "../command.ts";
import { readSelection } from "../selection.ts";
import { didYouMean } from "../suggest.ts";
import { selectionOptions } from "../target-options.ts";

const levels = ["MUST", "SHOULD", "MAY"];

export const list = defineCommand({
  name: "list",
  summary: "List the requirements.",
  usage: "[options]",
  options: {
    profile: { ...selectionOptions.profile, help: "only this profile's" },
    area: { kind: "list", value: "AREA", words: () => vocabulary().areas.map(({ id }) => id), help: "only this area's" },
    level: { kind: "list", value: "LEVEL", words: levels, help: "only MUST, SHOULD or MAY" },
    "kubernetes-version": { kind: "text", value: "VERSION", words: minors, help: "only those that speak about this version" },
    output: { kind: "choice", value: "FORM", words: ["table", "json"], help: "table or json", default: "table" },
  },
  examples: [
    "kubelet-conformance list --profile checkpoint --level MUST",
    "kubelet-conformance list --kubernetes-version 1.30 --output json",
  ],
  notes: ["Exit codes: 0 listed, 2 bad usage."],
  run: async (values, positionals, { out }) => {
    const { output = "table", "kubernetes-version": version } = values;
    if (positionals.length > 0)
      throw new UsageError(
        "argument-unexpected",
        `list takes no argument "${positionals[0]}"; for one requirement use "kubelet-conformance explain ${positionals[0]}"`,
      );
    const areas = vocabulary().areas.map(({ id }) => id);
    for (const area of values.area)
      if (!areas.includes(area))
        throw new UsageError("area-unknown", `there is no area "${area}"${didYouMean(area, areas) || `; there are ${areas.join(", ")}`}`);
    const wanted = values.level.map((level) => level.toUpperCase());
    for (const level of wanted)
      if (!levels.includes(level)) throw new UsageError("level-unknown", `there is no level "${level}"; there are ${levels.join(", ")}`);
    if (version !== undefined) requireMinor(version, "--kubernetes-version");

    const selection = readSelection({ profile: values.profile, focus: [], skip: [] });
    const unseen = requirements().filter(({ unobservable }) => unobservable !== undefined);
    const found = [
      ...select(requirements(), selection),
      ...unseen.filter(({ profile }) => selection.profiles?.length === 0 || selection.profiles?.includes(profile)),
    ].filter(
      (requirement) =>
        (values.area.length === 0 || values.area.includes(requirement.area)) &&
        (wanted.length === 0 || wanted.includes(requirement.level)) &&
        (version === undefined || holdsFor(requirement, version)),
    );
    const listed = found.map((requirement) => ({ ...requirement, ...lane(requirement, version) }));
    out.write(output === "json" ? `${JSON.stringify(listed, null, 2)}\n` : table(listed));
    return 0;
  },
});

/** Whether it counts: for this version, or else for the newest that it speaks about. */
function lane(requirement: Requirement, version: string | undefined): { scored?: false; notScoredReason?: string } {
  const minor = minorOf(version ?? requirement.until ?? "") ?? minors[minors.length - 1];
  const reason = minor && whyNotScored(requirement, minor);
  return reason === undefined ? {} : { scored: false, notScoredReason: reason };
}

function table(found: readonly (Requirement & { scored?: false })[]): string {
  const width = Math.max(0, ...found.map(({ id }) => id.length));
  const lines = found.map(
    ({ id, level, since, until, title, scored }) =>
      `${id.padEnd(width)}  ${level.padEnd(6)}  ${range(since, until).padEnd(11)}  ${sayTitle(title)}${scored === false ? ` (${say("not scored")})` : ""}`,
  );
  const counts = levels
    .map((level) => [found.filter((requirement) => requirement.level === level).length, level] as const)
    .filter(([count]) => count > 0);
  const apart = found.filter(({ scored }) => scored === false).length;
  const text = counts.map(([count, level]) => `${count} ${level}`).join(", ");
  return [
    ...lines,
    "",
    `${say("{count} requirements", { count: found.length })}: ${text}${apart === 0 ? "" : `; ${say("{count} not scored", { count: apart })}`}`,
    "",
  ].join("\n");
}

function range(since: string, until: string | undefined): string {
  return until === undefined ? `${since}+` : since === until ? since : `${since}-${until}`;
}
