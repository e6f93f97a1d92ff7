import { type Delivery, type Fault, faults } from "./exchange.ts";

/** What is asked of the mock: by a request in `Prefer` or in its query, or by a scenario's answer. */
export interface Wish extends Delivery {
  /** Status code. */
  code?: number;
  /** Name of an example in the spec. */
  example?: string;
  /** A body made up from the schema instead of an example. */
  dynamic?: boolean;
  /** Makes a made-up body repeatable. */
  seed?: string;
}

/** A wish that cannot be read, or that the spec has nothing for. */
export class WishError extends Error {
  readonly code = "bad-wish";
}

/** Ten minutes: no client waits longer, and a timer that never fires is a leak. */
export const longestDelay = 600_000;

const names = ["code", "example", "dynamic", "seed", "delay", "fault"];

/**
 * Reads `Prefer: code=404, example=unknown-pod, delay=250` (RFC 7240; commas or semicolons, blanks and quotes as one likes) or, where a header is
 * hard to send, the query `?__code=404&__example=unknown-pod`. The header wins, wish by wish. Preferences of others are not ours to judge. Throws WishError
 * for a value that is none.
 */
export function readWish(header: string | undefined, query: string): Wish {
  const wishes = new Map([...fromQuery(query), ...(header === undefined ? [] : fromHeader(header))]);
  const code = wishes.get("code");
  const dynamic = wishes.get("dynamic");
  const example = wishes.get("example");
  const seed = wishes.get("seed");
  const delay = wishes.get("delay");
  const fault = wishes.get("fault");
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) throw new WishError(`"${code}" is no status code; send Prefer: code=404`);
  if (delay !== undefined && !(/^\d+$/.test(delay) && Number(delay) <= longestDelay))
    throw new WishError(`"${delay}" is no delay; send milliseconds up to ${longestDelay}, as in Prefer: delay=250`);
  return {
    ...(code === undefined ? {} : { code: Number(code) }),
    ...(example === undefined ? {} : { example }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic !== "false" }),
    ...(seed === undefined ? {} : { seed }),
    ...(delay === undefined ? {} : { delay: Number(delay) }),
    ...(fault === undefined ? {} : { fault: faultOf(fault) }),
  };
}

function faultOf(text: string): Fault {
  const fault = faults.find((known) => known === text);
  if (!fault) throw new WishError(`"${text}" is no fault; there are ${faults.join(", ")}`);
  return fault;
}

function fromHeader(header: string): [string, string][] {
  return header.split(/[,;]/).flatMap((part): [string, string][] => {
    const [first = "", ...rest] = part.split("=");
    const name = first.trim().toLowerCase();
    return names.includes(name) ? [[name, unquoted(rest.join("=").trim())]] : [];
  });
}

function unquoted(text: string): string {
  return text.replace(/^"/, "").replace(/"$/, "");
}

function fromQuery(query: string): [string, string][] {
  return [...new URLSearchParams(query)].filter(([name]) => isWishName(name)).map(([name, value]) => [name.slice(2), value]);
}

/** Whether a query parameter is addressed to the mock. */
export function isWishName(name: string): boolean {
  return name.startsWith("__") && names.includes(name.slice(2));
}
