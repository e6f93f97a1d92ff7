import { characterEnd, classEnd, escapeEnd, perlClassEnd, unicodeClassEnd } from "./pattern-class.ts";
import { PatternProblem } from "./pattern-problem.ts";

/** Why syntax.Parse (flags Perl) refuses an expression; undefined: it takes it. Limits of size and depth are not looked at. */
export function patternProblem(expression: string): string | undefined {
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    if (error instanceof PatternProblem) return error.message;
    throw error;
  }
}

const mostRepeats = 1000;

/** What the parser keeps of an open group: whether something stands there that can be repeated, and how often what is in it repeats at most. */
interface Group {
  hasAtom: boolean;
  atomWeight: number;
  weight: number;
}

function newGroup(): Group {
  return { hasAtom: false, atomWeight: 1, weight: 1 };
}

function parse(expression: string): void {
  const groups: Group[] = [newGroup()];
  let lastRepeat = "";
  let rest = expression;

  const top = (): Group => groups.at(-1) ?? newGroup();
  function atom(after: string, weight = 1): string {
    const group = top();
    Object.assign(group, { hasAtom: true, atomWeight: weight, weight: Math.max(group.weight, weight) });
    return after;
  }

  function closeGroup(): void {
    if (groups.length === 1) throw new PatternProblem("unexpected )", expression);
    const inner = groups.pop();
    rest = atom(rest.slice(1), inner?.weight);
  }

  /** Handles `*`, `+`, `?` and `{n,m}` at the beginning of `rest`; `times` is what it may multiply what it repeats by. */
  function repeat(operatorEnd: string, times: number): void {
    const before = rest;
    // A question mark behind an operator makes it lazy.
    const after = operatorEnd.startsWith("?") ? operatorEnd.slice(1) : operatorEnd;
    const part = (text: string): string => text.slice(0, text.length - after.length);
    if (lastRepeat !== "") throw new PatternProblem("invalid nested repetition operator", part(lastRepeat));
    const group = top();
    if (!group.hasAtom) throw new PatternProblem("missing argument to repetition operator", part(before));
    if (times > 1 && group.atomWeight * times > mostRepeats) throw new PatternProblem("invalid repeat count", part(before));
    rest = atom(after, group.atomWeight * Math.max(times, 1));
    lastRepeat = before;
  }

  function counted(): boolean {
    const [whole, least = "", comma, most = ""] = /^\{(\d+)(,(\d*))?\}/.exec(rest) ?? [];
    if (whole === undefined || /^0\d/.test(least) || /^0\d/.test(most.slice(1))) return false;
    const [min, max] = [Number(least), comma === undefined ? Number(least) : comma === "," ? -1 : Number(comma.slice(1))];
    const after = rest.slice(whole.length);
    if (min > mostRepeats || max > mostRepeats || (max >= 0 && min > max)) {
      throw new PatternProblem("invalid repeat count", whole);
    }
    repeat(after, max < 0 ? min : max);
    return true;
  }

  while (rest !== "") {
    const before = rest;
    const first = rest[0] ?? "";
    if (first === "(") {
      const flags = rest.startsWith("(?") ? perlGroup(rest) : { end: 1, opens: true };
      rest = rest.slice(flags.end);
      if (flags.opens) groups.push(newGroup());
    } else if (first === "|") {
      top().hasAtom = false;
      rest = rest.slice(1);
    } else if (first === ")") closeGroup();
    else if (first === "[") rest = atom(rest.slice(classEnd(rest)));
    else if (first === "*" || first === "+" || first === "?") repeat(rest.slice(1), 1);
    else if (first === "{" && counted()) {
      // It was a repetition.
    } else if (first === "\\") rest = escape(rest, atom);
    else rest = atom(rest.slice(characterEnd(rest)));
    if (lastRepeat !== before) lastRepeat = "";
  }
  if (groups.length > 1) throw new PatternProblem("missing closing )", expression);
}

/** A backslash and what belongs to it. */
function escape(rest: string, atom: (after: string) => string): string {
  if (/^\\[AbBz]/.test(rest)) return atom(rest.slice(2));
  if (rest.startsWith("\\C")) throw new PatternProblem("invalid escape sequence", "\\C");
  if (rest.startsWith("\\Q")) {
    const [quoted = "", ...others] = rest.slice(2).split("\\E");
    const after = others.join("\\E");
    return quoted === "" ? after : atom(after);
  }
  return atom(rest.slice(unicodeClassEnd(rest) ?? perlClassEnd(rest) ?? escapeEnd(rest)));
}

/** `(?P<name>`, `(?<name>`, `(?flags:` and `(?flags)`. */
function perlGroup(rest: string): { end: number; opens: boolean } {
  const named = /^\(\?(?:P<(?=.)|<(?=.))/s.exec(rest)?.[0];
  if (named !== undefined) {
    const end = rest.indexOf(">");
    if (end < 0) throw new PatternProblem("invalid named capture", rest);
    if (!/^[\p{L}\p{Nd}_]+$/u.test(rest.slice(named.length, end)))
      throw new PatternProblem("invalid named capture", rest.slice(0, end + 1));
    return { end: end + 1, opens: true };
  }
  const flags = /^\(\?(?:[imsU]*|[imsU]*-[imsU]+)[:)]/.exec(rest)?.[0];
  if (flags !== undefined) return { end: flags.length, opens: flags.endsWith(":") };
  const read = /^\(\?[imsU]*(?:-[imsU]*)?.?/su.exec(rest)?.[0] ?? rest;
  throw new PatternProblem("invalid or unsupported Perl syntax", read);
}
