/** What a request asks the mock for. */
export interface Preference {
  /** Status code. */
  code?: number;
  /** Name of an example in the spec. */
  example?: string;
  /** A body made up from the schema instead of an example. */
  dynamic?: boolean;
  /** Makes a made-up body repeatable. */
  seed?: string;
}

/** A preference that cannot be read. */
export class PreferError extends Error {
  readonly code = "bad-preference";
}

/**
 * Reads `Prefer: code=404, example=unknown-pod` (RFC 7240; commas or semicolons, blanks and quotes as one likes) or, where a header is hard to
 * send, the query `?__code=404&__example=unknown-pod`. The header wins. Throws PreferError for a value that is none.
 */
export function readPreference(header: string | undefined, query: URLSearchParams): Preference {
  const wishes = header === undefined ? fromQuery(query) : fromHeader(header);
  const code = wishes.get("code");
  const dynamic = wishes.get("dynamic");
  const example = wishes.get("example");
  const seed = wishes.get("seed");
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) throw new PreferError(`"${code}" is no status code; send Prefer: code=404`);
  return {
    ...(code === undefined ? {} : { code: Number(code) }),
    ...(example === undefined ? {} : { example }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic !== "false" }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function fromHeader(header: string): Map<string, string> {
  const pairs = header.split(/[,;]/).map((part) => /^\s*([^=\s]+)\s*(?:=\s*"?([^"]*?)"?\s*)?$/.exec(part));
  return new Map(pairs.flatMap((pair) => (pair?.[1] === undefined ? [] : [[pair[1].toLowerCase(), pair[2] ?? ""]])));
}

function fromQuery(query: URLSearchParams): Map<string, string> {
  return new Map([...query].filter(([name]) => name.startsWith("__")).map(([name, value]) => [name.slice(2), value]));
}
