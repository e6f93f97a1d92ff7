/** One clause of an Accept header. */
export interface AcceptClause {
  type: string;
  subtype: string;
  quality: number;
  /** All parameters but `q`, as sent. */
  parameters: ReadonlyMap<string, string>;
}

/** Reads an Accept header as munnerz/goautoneg does: best quality first, and a clause that is none is left out. */
export function parseAccept(header: string): AcceptClause[] {
  return sorted(header.split(",").flatMap((part) => clause(part) ?? []));
}

function clause(part: string): AcceptClause | undefined {
  const [range = "", ...rest] = trim(part).split(";");
  const [type = "", subtype = "", ...more] = range.split("/").map(trim);
  if (more.length > 0 || (subtype === "" && type !== "*")) return undefined;
  const parameters = new Map<string, string>();
  let quality = 1;
  for (const [name = "", value = "", ...others] of rest.map((parameter) => parameter.split("="))) {
    if (value === "" || others.length > 0) continue;
    if (trim(name) === "q") quality = Number(value) || 0;
    else parameters.set(trim(name), trim(value));
  }
  return { type, subtype: subtype === "" ? "*" : subtype, quality, parameters };
}

/** Only spaces: not even tabs. */
function trim(text: string): string {
  return text.replace(/^ +| +$/g, "");
}

/** `isBefore` is no order that a library may be given, so where clauses end up depends on the algorithm: Go inserts one by one. */
function sorted(clauses: AcceptClause[]): AcceptClause[] {
  for (let index = 1; index < clauses.length; index++) {
    for (let at = index; at > 0; at--) {
      const [left, right] = [clauses[at - 1], clauses[at]];
      if (left === undefined || right === undefined || !isBefore(right, left)) break;
      clauses[at - 1] = right;
      clauses[at] = left;
    }
  }
  return clauses;
}

function isBefore(a: AcceptClause, b: AcceptClause): boolean {
  return a.quality > b.quality || (a.type !== "*" && b.type === "*") || (a.subtype !== "*" && b.subtype === "*");
}
