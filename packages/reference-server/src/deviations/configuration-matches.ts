import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { changing, type ExchangeMatch } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";

/** The requirements that need a deviation. */
export type Id = ObservableRequirementId["configuration"];

type Http = NonNullable<Deviation["http"]>;

export const known: ExchangeMatch = { listener: "main", client: "certificate" };
export const nobody: ExchangeMatch = { listener: "main", client: "nobody" };
/** The configuration as most checks ask for it. */
export const configz: ExchangeMatch = { ...known, method: "GET", path: "/configz", query: null, headers: { accept: null } };
export const text = { "Content-Type": "text/plain; charset=utf-8" };
export const statusText = "\nkubelet statusz\nWarning: none\n\nStarted: now\n";

/** Changes the text of the configuration. */
export function shown(from: string | RegExp, to: string): Http {
  return changing(configz, { body: (body) => body.replace(from, to) });
}

export const objectOf = (version: string, kind: string): string => `application/json;v=${version};g=config.k8s.io;as=${kind}`;

/** What goes wrong on one of the two pages. */
function page(path: "/statusz" | "/flagz") {
  const kind = path === "/statusz" ? "Statusz" : "Flagz";
  const here: ExchangeMatch = { ...known, path, query: null };
  const accepting = (accept: string | RegExp | null): ExchangeMatch => ({ ...here, method: "GET", headers: { accept } });
  const [alpha, beta] = [objectOf("v1alpha1", kind), objectOf("v1beta1", kind)];
  const taking = (accept: string | RegExp | null, as: string): Http => asking(accepting(accept), { headers: { Accept: as } });
  const inObject = (version: "v1alpha1" | "v1beta1", from: string | RegExp, to: string): Http =>
    changing({ ...accepting(objectOf(version, kind)), status: 200 }, { body: (body) => body.replace(from, to) });
  const inText = (change: (body: string) => string): Http => changing({ ...accepting("text/plain"), status: 200 }, { body: change });
  return { kind, here, accepting, alpha, beta, taking, inObject, inText };
}

export const statusz = page("/statusz");
export const flagz = page("/flagz");

/** Each answer with the next of these in place of what it draws. */
export function inTurn(match: ExchangeMatch, replace: (body: string, turn: number) => string): Http {
  let turn = 0;
  return changing({ ...match, status: 200 }, { body: (body) => replace(body, turn++) });
}

export const flagLine = /^(?!kubelet flag)([a-z][a-z0-9-]*)(?:: |[:= ])/gm;
