import { createHash } from "node:crypto";
import { compareJson } from "./compare-json.ts";
import { differing, type Difference } from "./difference.ts";
import { compareMetrics, isMetrics } from "./compare-metrics.ts";
import type { PartOfLog } from "./part-of-log.ts";
import type { RecordedBody } from "./recording.ts";
import { normalize, relocate, type Places } from "./volatile.ts";

/** Compares a body with what was kept of the recorded one: all of it, or its beginning and digest. */
export function compareBody(recorded: RecordedBody, bytes: Buffer, places: Places, part: PartOfLog = "fixed"): readonly Difference[] {
  if (typeof recorded === "object" && "hex" in recorded) {
    return differing("body", withoutChance(recorded.hex), withoutChance(bytes.subarray(0, 96).toString("hex")));
  }
  const answered = bytes.toString();
  if (part !== "fixed") return compareLog(part, recorded, answered);
  if (typeof recorded === "string") return compareText(recorded, answered, places);
  // The recorder took the beginning of a body that varies byte by byte.
  if (recorded.length === "volatile") return compareStart(recorded.starts, relocate(bytes.toString("latin1"), places));
  const moved = relocate(answered, places);
  if ("sha256" in recorded) {
    if (digest(moved) === recorded.sha256) return [];
    // Nothing of it changes between runs, so its length may not either.
    if (normalize(moved) === moved) {
      const length = differing("length of the body", String(recorded.length), String(moved.length));
      return length.length > 0 ? length : [{ field: "digest of the body", recorded: recorded.sha256, answered: digest(moved) }];
    }
  }
  return compareStart(recorded.starts, moved);
}

function compareLog(part: PartOfLog, recorded: Exclude<RecordedBody, { hex: string }>, answered: string): readonly Difference[] {
  const isWhole = typeof recorded === "string";
  const text = isWhole ? recorded : recorded.starts;
  if (part === "recent" && (text === "" || answered === "")) return [];
  if (part === "cut" && isWhole) return differing("body", reduceCut(text), reduceCut(answered));
  const reduced = (log: string): string => normalize(isWhole ? log : log.replace(/[^\n]+$/, "")).replace(repeatedLine, "$1");
  return differing(isWhole ? "body" : "beginning of the body", reduced(text), reduced(answered));
}

const repeatedLine = /^((?:<time with fraction> )?tick <count>\n)\1+/gm;

/** Where the lines of a cut log begin and end depends on the figures in them; how much it is and how it begins does not. */
function reduceCut(log: string): string {
  return `${log.slice(0, 5).replace(/\d/g, "#")}… (${log.length} characters)`;
}

const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const forwardingError = new RegExp(`0[13](${hexOf("error forwarding port ")})(?:3\\d)+(${hexOf(" to pod ")})(?:3\\d|6[1-6])+$`);

/** A message of a WebSocket with a line that the container writes each second. */
const tick = new RegExp(`82(?:0[89a-f])01${hexOf("tick ")}(?:3\\d)+0a`, "g");

/**
 * A port-forward's error names the sandbox, and of several ports that refuse the runtime tells of any first. Who attaches sees what is written while the
 * recorder waits.
 */
function withoutChance(hex: string): string {
  return hex.replace(forwardingError, "<channel>$1<port>$2<sandbox>").replace(tick, "");
}

/** Compares two whole bodies up to volatile parts; JSON is compared member by member. */
export function compareText(recorded: string, answered: string, places: Places): readonly Difference[] {
  const wanted = normalize(recorded);
  const got = normalize(relocate(answered, places));
  if (wanted === got) return [];
  if (isMetrics(wanted) && isMetrics(got)) return compareMetrics(wanted, got);
  const [wantedJson, gotJson] = [asJson(wanted), asJson(got)];
  if (wantedJson !== undefined && gotJson !== undefined) {
    const differences = compareJson(wantedJson, gotJson);
    if (differences.length > 0) {
      return differences.map((each) => ({
        field: `body ${each.path}`,
        recorded: show(each.recorded),
        answered: show(each.answered),
      }));
    }
  }
  return [{ field: "body", recorded: wanted, answered: got }];
}

function compareStart(starts: string, answered: string): readonly Difference[] {
  // The recorder cut in the middle of a word, perhaps of a volatile one: compare up to the last word that is whole.
  const wanted = normalize(starts.replace(/[^\s"{}[\],]*$/, ""));
  const got = normalize(answered).slice(0, wanted.length);
  return differing("beginning of the body", wanted, got);
}

/** Undefined for anything but a JSON object. */
function asJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function show(value: unknown): string {
  return value === undefined ? "(absent)" : JSON.stringify(value);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
