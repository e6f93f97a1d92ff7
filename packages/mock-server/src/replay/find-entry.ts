import { hidden } from "@kubelet-conformance/exchange";
import type { ReplayEntry } from "../har/read.ts";

/** What a recording has for a request. */
export type Found =
  | { kind: "entry"; entry: ReplayEntry }
  /** The same path, asked with another query. */
  | { kind: "other-query"; entry: ReplayEntry }
  | { kind: "other-method"; methods: string[] }
  | { kind: "nothing" };

/** Finds what to answer; several entries for one request come one after the other, the last of them from then on. */
export type FindEntry = (method: string, path: string, query: string) => Found;

export function createFinder(entries: readonly ReplayEntry[]): FindEntry {
  const turns = new Map<string, number>();
  /** One of several answers to the same request. */
  const next = (candidates: readonly ReplayEntry[]): ReplayEntry | undefined => {
    const [first] = candidates;
    if (!first) return undefined;
    const key = `${first.method} ${first.path}?${first.query}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return candidates[Math.min(turn, candidates.length - 1)];
  };
  return (method, path, query) => {
    const ofPath = entries.filter((entry) => samePath(entry.path, path));
    const ofMethod = ofPath.filter((entry) => entry.method === method || (method === "HEAD" && entry.method === "GET"));
    const exact = next(ofMethod.filter((entry) => sameQuery(entry.query, query)));
    if (exact) return { kind: "entry", entry: exact };
    const [other] = ofMethod;
    const similar = other && next(ofMethod.filter((entry) => entry.query === other.query));
    if (similar) return { kind: "other-query", entry: similar };
    return ofPath.length > 0 ? { kind: "other-method", methods: [...new Set(ofPath.map((entry) => entry.method))] } : { kind: "nothing" };
  };
}

/** Recorders may have normalized a path, and clients may write the same differently. */
function samePath(recorded: string, asked: string): boolean {
  return recorded === asked || recorded === URL.parse(`http://x${asked}`)?.pathname;
}

/** The same parameters in any order; a value that the recording hides may be any. */
function sameQuery(recorded: string, asked: string): boolean {
  const rest = [...new URLSearchParams(asked)];
  const wanted = [...new URLSearchParams(recorded)].toSorted(([, a], [, b]) => Number(a === hidden) - Number(b === hidden));
  return (
    wanted.length === rest.length &&
    wanted.every(([name, value]) => {
      const at = rest.findIndex((pair) => pair[0] === name && (pair[1] === value || value === hidden));
      if (at >= 0) rest.splice(at, 1);
      return at >= 0;
    })
  );
}
