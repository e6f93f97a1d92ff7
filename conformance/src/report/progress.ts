import type { Verdict } from "../engine/verdicts.ts";
import { say } from "../messages/say.ts";
import type { RunEvent } from "./report.ts";

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
    const shown = Object.entries(shownCounts).map(([verdict, words]) => {
      // Object.entries forgets that the table has exactly these verdicts.
      const count = counts.get(verdict as keyof typeof shownCounts);
      return count === undefined ? "" : say(words, { count });
    });
    return [`${done}/${all}`, ...shown, left(all), where].filter(Boolean).join(", ");
  };
  return { note, text };
}

const shownCounts = { failed: "{count} failed", "suite-error": "{count} suite errors", warned: "{count} warned" } as const;

function aboutText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 100) return say("about {count} min left", { count: Math.round(seconds / 60) });
  return say("about {count} s left", { count: seconds < 1.5 ? 1 : seconds < 10 ? Math.round(seconds) : Math.round(seconds / 5) * 5 });
}
