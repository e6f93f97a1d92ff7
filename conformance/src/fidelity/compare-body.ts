import { createHash } from "node:crypto";
import { compareJson } from "./compare-json.ts";
import { differing, type Difference } from "./difference.ts";
import type { RecordedBody } from "./recording.ts";
import { normalize, relocate, type Places } from "./volatile.ts";

/** Compares a body with what was kept of the recorded one: all of it, or its beginning and digest. */
export function compareBody(recorded: RecordedBody, bytes: Buffer, places: Places): readonly Difference[] {
  if (typeof recorded === "object" && "hex" in recorded) {
    return differing("body", withoutChance(recorded.hex), withoutChance(bytes.subarray(0, 96).toString("hex")));
  }
  const answered = bytes.toString();
  if (typeof recorded === "string") return compareText(recorded, answered, places);
  const moved = relocate(answered, places);
  if ("sha256" in recorded) {
    if (digest(moved) === recorded.sha256) return [];
    // Nothing of it changes between runs, so its length may not either.
    if (normalize(moved) === moved) return differing("length of the body", String(recorded.length), String(moved.length));
  }
  return compareStart(recorded.starts, moved);
}

const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const forwardingError = new RegExp(`0[13](${hexOf("error forwarding port ")})(?:3\\d)+(${hexOf(" to pod ")})(?:3\\d|6[1-6])+$`);

/** A port-forward's error names the sandbox, and of several ports that refuse the runtime tells of any first. */
function withoutChance(hex: string): string {
  return hex.replace(forwardingError, "<channel>$1<port>$2<sandbox>");
}

/** Compares two whole bodies up to volatile parts; JSON is compared member by member. */
export function compareText(recorded: string, answered: string, places: Places): readonly Difference[] {
  const wanted = normalize(recorded);
  const got = normalize(relocate(answered, places));
  if (wanted === got) return [];
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
