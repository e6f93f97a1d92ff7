import type { Verdict } from "../engine/verdicts.ts";
import type { RunEvent } from "./report.ts";
import { verdictWords } from "./words.ts";

/** Where a run stands. */
export interface Progress {
  note(event: Exclude<RunEvent, { type: "finished" }>): void;
  /** In one line: counts, what went wrong, about how long it goes on, and where it is. */
  text(): string;
}

/** So many of the last results tell how fast it goes: checks at the end take longer than those at the beginning. */
const looked = 60;
/** Fewer tell nothing. */
const fewest = 10;

/** `now` is in milliseconds. */
export function createProgress(now: () => number): Progress {
  const counts = new Map<Verdict, number>();
  let planned = 0;
  let total: number | undefined;
  let done = 0;
  let where = "";
  /** When results came that took their time; what is not executed comes at once and says nothing. */
  const times: number[] = [];
  const note: Progress["note"] = (event) => {
    where = event.scenario ?? "";
    if (event.type === "planned") {
      planned += event.planned;
      ({ total } = event);
      if (times.length === 0) times.push(now());
    } else if (event.type === "result") {
      done++;
      const { verdict, exchanges } = event.result;
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      if (exchanges.length > 0) times.push(now());
      if (times.length > looked) times.shift();
    }
  };
  const left = (all: number): string => {
    const [first = 0] = times;
    const steps = times.length - 1;
    if (steps < fewest || done >= all) return "";
    return aboutText(((now() - first) / steps) * (all - done));
  };
  const text = (): string => {
    const all = total ?? planned;
    const shown = (["failed", "suite-error", "warned"] as const).map((verdict) => {
      const count = counts.get(verdict);
      return count === undefined ? "" : `${count} ${verdictWords[verdict]}`;
    });
    return [`${done}/${all}`, ...shown, left(all), where].filter(Boolean).join(", ");
  };
  return { note, text };
}

function aboutText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1.5) return "about 1 s left";
  if (seconds < 10) return `about ${Math.round(seconds)} s left`;
  return seconds < 100 ? `about ${Math.round(seconds / 5) * 5} s left` : `about ${Math.round(seconds / 60)} min left`;
}
