import { isScorable, minors, type Requirement, requirements, requirementSet, vocabulary, whyNotScored } from "@kubelet-conformance/spec";
import { UsageError } from "../../errors.ts";
import { rangeText } from "../../engine/plan.ts";
import { translated } from "../../messages/translate.ts";
import { displayWidth, padColumns } from "../../report/width.ts";
import { type PlainText, say, sayTitle, sayWord } from "../../messages/say.ts";
import { defineCommand } from "../command.ts";
import { fileOfCheck } from "../../checks/file-of-check.ts";
import { curlLine, exampleRequest, exampleText, streamLines } from "../example.ts";
import { requireRequirement } from "../selection.ts";
import { sourceLink } from "../source-link.ts";

export const explain = defineCommand({
  name: "explain",
  summary: "Explain one requirement: text, sources, check, example exchange, how to reproduce it with curl.",
  usage: "ID [options]",
  options: { output: { kind: "choice", value: "FORM", words: ["text", "json"], help: "text or json", default: "text" } },
  arguments: () => requirements().map(({ id }) => id),
  examples: ["kubelet-conformance explain checkpoint.response.unknown-pod"],
  notes: ["Exit codes: 0 explained, 2 bad usage."],
  run: async ({ output = "text" }, [id, ...more], { out }) => {
    if (id === undefined || more.length > 0)
      throw new UsageError("requirement-missing", "explain takes one requirement id; kubelet-conformance list shows them all");
    const requirement = requireRequirement(id);
    out.write(output === "json" ? `${JSON.stringify(await facts(requirement), null, 2)}\n` : `${await explanation(requirement)}\n`);
    return 0;
  },
});

/** The entry as it is in the catalogue, and what else is told of it. */
async function facts(requirement: Requirement): Promise<object> {
  const { deviationOf } = await import("../../prove/deviations.ts");
  const request = exampleRequest(requirement);
  const hasCheck = requirement.exchange === undefined && requirement.unobservable === undefined;
  return {
    ...requirement,
    sources: requirement.sources.map((source) => ({ ...source, link: sourceLink(source, requirement) })),
    ...(hasCheck ? { check: fileOfCheck(requirement) } : {}),
    deviation: deviationOf(requirement.id)?.summary ?? null,
    curl: request && !streamLines(requirement) ? curlLine(request) : null,
  };
}

async function explanation(requirement: Requirement): Promise<string> {
  const { id, title, level, provenance, profile, note, needs = [], when, draft } = requirement;
  const known = vocabulary().needs;
  const lines = [
    id,
    `  ${sayTitle(title)}`,
    ...(note === undefined ? [] : ["", `  ${note}`]),
    "",
    field(
      "level",
      draft
        ? say("{level}, proposed in {document}", { level, document: draft.document })
        : `${level}, ${say(provenance)}: ${say(provenances[provenance])}`,
    ),
    field("profile", profile),
    field("versions", translated(rangeText(requirement))),
    ...laneLines(requirement),
    ...needs.map((need) =>
      field(
        "needs",
        `${sayWord(known.find((entry) => entry.id === need)?.title ?? need)} (${sayWord(known.find((entry) => entry.id === need)?.unlock ?? "")})`,
      ),
    ),
    ...(when
      ? [
          field(
            "when",
            Object.entries(when)
              .map(([fact, value]) => say("{fact} is {value}", { fact, value: String(value) }))
              .join(", "),
          ),
        ]
      : []),
    ...requirement.sources.map((source) => field("source", sourceLink(source, requirement))),
    ...(await deviationLines(id)),
    ...checkLines(requirement),
  ];
  const request = exampleRequest(requirement);
  const streams = streamLines(requirement);
  if (streams)
    lines.push(
      "",
      `  ${say("Reproduce it (curl speaks neither SPDY nor the channels of WebSocket):")}`,
      ...streams.map((line) => `    ${line}`),
    );
  else if (request) lines.push("", `  ${say("Reproduce it:")}`, `    ${curlLine(request)}`);
  return lines.join("\n");
}

const provenances = {
  documented: "the Kubernetes reference pages say so",
  promised: "an API guarantee says so",
  observed: "real kubelets do so: recorded, or read in the source and tried on real ones",
} as const;

/** In which sets it counts. */
function laneLines(requirement: Requirement): string[] {
  const { draft } = requirement;
  if (draft)
    return [
      field("scored", say("never, it is a draft: {reason}", { reason: draft.reason })),
      field("draft", `${draft.document}, ${draft.link}`),
    ];
  const possible = minors.filter((minor) => isScorable(requirement, minor));
  const scored = possible.filter((minor) => whyNotScored(requirement, minor) === undefined);
  const later = possible.filter((minor) => !scored.includes(minor));
  const newest = scored.at(-1);
  return [
    ...(newest === undefined
      ? []
      : [field("scored", say("in the sets of {minors}, frozen on {date}", { minors: span(scored), date: requirementSet(newest).frozen }))]),
    ...(later.length === 0 ? [] : [field("scored", say("not for {minors}: it came after the sets were frozen", { minors: span(later) }))]),
  ];
}

/** Minors in a row. */
function span(list: readonly string[]): string {
  return list.length > 1 ? say("{first} to {last}", { first: list[0] ?? "", last: list.at(-1) ?? "" }) : list.join("");
}

function field(name: PlainText, text: string): string {
  const width = Math.max(10, displayWidth(say("proven by")));
  return `  ${padColumns(say(name), width)} ${text}`;
}

function checkLines(requirement: Requirement): string[] {
  const { exchange, unobservable } = requirement;
  if (unobservable !== undefined) return [field("check", say("none: {why}", { why: unobservable }))];
  const request = exampleRequest(requirement);
  const asked = request
    ? [
        `    ${request.method ?? "GET"} ${request.target}`,
        `    ${say("as {client} on the {listener} port", { client: typeof request.client === "string" ? request.client : "credentials", listener: request.listener ?? "main" })}`,
      ]
    : [];
  if (!exchange)
    return [
      field("check", `${fileOfCheck(requirement)}, ["${requirement.id}"]`),
      ...(asked.length === 0 ? [] : ["", `  ${say("Example request:")}`, ...asked]),
    ];
  const { should, ...must } = exchange.expect;
  const headers = Object.entries(exchange.request.headers ?? {}).map(([name, value]) => `    ${name}: ${value}`);
  return [
    field("check", say("this exchange")),
    "",
    `  ${say("Example exchange:")}`,
    ...asked,
    ...headers,
    ...(exchange.request.body === undefined ? [] : [`    body ${JSON.stringify(exchange.request.body)}`]),
    `  ${say("expected answer:")}`,
    ...expectationLines(requirement, must),
    ...(should ? [`  ${say("and, else the verdict is warned:")}`, ...expectationLines(requirement, should)] : []),
  ];
}

function expectationLines(requirement: Requirement, expectation: object): string[] {
  const { answers } = vocabulary();
  return Object.entries(expectation).map(([member, value]: [string, unknown]) => {
    const text = exampleText(requirement, typeof value === "string" ? value : JSON.stringify(value));
    const meaning = member === "class" || member === "not" ? answers.find(({ id }) => id === value)?.title : undefined;
    return `    ${member} ${text}${meaning === undefined ? "" : ` (${sayWord(meaning)})`}`;
  });
}

async function deviationLines(id: string): Promise<string[]> {
  const { deviationOf } = await import("../../prove/deviations.ts");
  const deviation = deviationOf(id);
  return deviation
    ? [field("proven by", say("a reference kubelet that {does} (reference-kubelet --deviation {id})", { does: deviation.summary, id }))]
    : [];
}
