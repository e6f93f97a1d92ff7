import { type ProxyChange, proxyChanges } from "@kubelet-conformance/spec";
import type { RecordedExchange } from "../engine/record.ts";
import type { HeaderDifference } from "./differential.ts";

/** Values that differ from answer to answer, whichever way it takes. */
const volatile = new Set(["date", "content-length", "last-modified", "etag"]);

/** Collects in what the headers of answers to the same request differ. */
export function headerComparison() {
  const found = new Map<string, HeaderDifference>();
  const note = (id: string, name: string, kind: HeaderDifference["kind"]): void => {
    const key = `${name} ${kind}`;
    const known = found.get(key) ?? { name, kind, answers: 0, example: id, change: changeOf(name) };
    known.answers++;
    found.set(key, known);
  };
  return {
    add(id: string, proxied: readonly RecordedExchange[], direct: readonly RecordedExchange[]): void {
      for (const [index, { request, response }] of proxied.entries()) {
        const other = direct[index];
        if (!response || !other?.response || !isSame(request, other.request) || response.status !== other.response.status) continue;
        const [through, straight] = [headersOf(response), headersOf(other.response)];
        for (const name of new Set([...through.keys(), ...straight.keys()])) {
          const [one, two] = [through.get(name), straight.get(name)];
          if (two === undefined) note(id, name, "added");
          else if (one === undefined) note(id, name, "removed");
          else if (one !== two && !volatile.has(name)) note(id, name, "changed");
        }
      }
    },
    differences: (): HeaderDifference[] => [...found.values()].toSorted((a, b) => b.answers - a.answers || (a.name < b.name ? -1 : 1)),
  };
}

function isSame(one: RecordedExchange["request"], other: RecordedExchange["request"]): boolean {
  return one.listener === other.listener && one.method === other.method && one.target === other.target;
}

function headersOf({ headers }: NonNullable<RecordedExchange["response"]>): Map<string, string> {
  // A boundary is made up for each answer.
  return new Map(headers.map(([name, value]) => [name.toLowerCase(), value.replace(/boundary=\S+/, "boundary")]));
}

function changeOf(name: string): HeaderDifference["change"] {
  const change = proxyChanges().find(({ headers = [] }) => headers.some((known) => known.toLowerCase() === name));
  return change ? shown(change) : null;
}

/** What reports say of a change. */
export function shown({ id, title, sources }: ProxyChange): NonNullable<HeaderDifference["change"]> {
  return { id, title, sources };
}
