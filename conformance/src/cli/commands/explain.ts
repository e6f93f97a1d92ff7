import { isScorable, minors, type Requirement, requirements, requirementSet, vocabulary, whyNotScored } from "@kubelet-conformance/spec";
import { UsageError } from "../../errors.ts";
import { rangeText } from "../../engine/plan.ts";
import { sayTitle, sayWord } from "../../messages/say.ts";
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
    field("level", draft ? `${level}, proposed in ${draft.document}` : `${level}, ${provenance}: ${provenances[provenance]}`),
    field("profile", profile),
    field("versions", rangeText(requirement)),
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
              .map(([fact, value]) => `${fact} is ${String(value)}`)
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
    lines.push("", "  Reproduce it (curl speaks neither SPDY nor the channels of WebSocket):", ...streams.map((line) => `    ${line}`));
  else if (request) lines.push("", "  Reproduce it:", `    ${curlLine(request)}`);
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
  if (draft) return [field("scored", `never, it is a draft: ${draft.reason}`), field("draft", `${draft.document}, ${draft.link}`)];
  const possible = minors.filter((minor) => isScorable(requirement, minor));
  const scored = possible.filter((minor) => whyNotScored(requirement, minor) === undefined);
  const later = possible.filter((minor) => !scored.includes(minor));
  const newest = scored.at(-1);
  return [
    ...(newest === undefined
      ? []
      : [field("scored", `in the set${scored.length > 1 ? "s" : ""} of ${span(scored)}, frozen on ${requirementSet(newest).frozen}`)]),
    ...(later.length === 0
      ? []
      : [field("scored", `not for ${span(later)}: it came after the set${later.length > 1 ? "s were" : " was"} frozen`)]),
  ];
}

/** Minors in a row. */
function span(list: readonly string[]): string {
  return list.length > 1 ? `${list[0]} to ${list.at(-1)}` : list.join("");
}

function field(name: string, text: string): string {
  return `  ${name.padEnd(10)} ${text}`;
}

function checkLines(requirement: Requirement): string[] {
  const { exchange, unobservable } = requirement;
  if (unobservable !== undefined) return [field("check", `none: ${unobservable}`)];
  const request = exampleRequest(requirement);
  const asked = request
    ? [
        `    ${request.method ?? "GET"} ${request.target}`,
        `    ${["as", typeof request.client === "string" ? request.client : "credentials", "on the", request.listener ?? "main", "port"].join(" ")}`,
      ]
    : [];
  if (!exchange)
    return [
      field("check", `${fileOfCheck(requirement)}, ["${requirement.id}"]`),
      ...(asked.length === 0 ? [] : ["", "  Example request:", ...asked]),
    ];
  const { should, ...must } = exchange.expect;
  const headers = Object.entries(exchange.request.headers ?? {}).map(([name, value]) => `    ${name}: ${value}`);
  return [
    field("check", "this exchange"),
    "",
    "  Example exchange:",
    ...asked,
    ...headers,
    ...(exchange.request.body === undefined ? [] : [`    body ${JSON.stringify(exchange.request.body)}`]),
    "  expected answer:",
    ...expectationLines(requirement, must),
    ...(should ? ["  and, else the verdict is warned:", ...expectationLines(requirement, should)] : []),
  ];
}

function expectationLines(requirement: Requirement, expectation: object): string[] {
  const { answers } = vocabulary();
  return Object.entries(expectation).map(([member, value]: [string, unknown]) => {
    const text = exampleText(requirement, typeof value === "string" ? value : JSON.stringify(value));
    const meaning = member === "class" || member === "not" ? answers.find(({ id }) => id === value)?.title : undefined;
    return `    ${member} ${text}${meaning === undefined ? "" : ` (${meaning})`}`;
  });
}

async function deviationLines(id: string): Promise<string[]> {
  const { deviationOf } = await import("../../prove/deviations.ts");
  const deviation = deviationOf(id);
  return deviation ? [field("proven by", `a reference kubelet that ${deviation.summary} (reference-kubelet --deviation ${id})`)] : [];
}
