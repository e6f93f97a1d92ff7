import type { Translation } from "@kubelet-conformance/spec";
import { spokenWords } from "./say.ts";

/**
 * A sentence in the language of the user. Errors, findings and reasons are made in English, since reports, logs and programs read them, too, and come from
 * other processes and older reports. For people they are translated here, by the sentence of `en.yaml` that they were made from; so are sentences within them.
 * What was made from none, such as the words of a kubelet, stays as it is.
 */
export function translated(sentence: string): string {
  return translate(sentence, spokenWords(), deepest);
}

/** Sentences within sentences, and no more: what a server sent may look like any number of them. */
const deepest = 6;

function translate(sentence: string, words: Translation, depth: number): string {
  const known = [words.sentences, words.vocabulary, words.texts].find((section) => Object.hasOwn(section, sentence))?.[sentence];
  if (known !== undefined || depth === 0) return known ?? sentence;
  const [, path = "", reason = ""] = /^(\S*\/\S*): (.+)$/s.exec(sentence) ?? [];
  const why = reason === "" ? reason : translate(reason, words, depth - 1);
  // Before all others: some say so little themselves that they would read the file's name as a part of a sentence.
  if (why !== reason) return (words.sentences[ofFile] ?? ofFile).replace(place, (_match, name: string) => (name === "path" ? path : why));
  for (const { read, to, isBare } of patterns.get(words) ?? remember(words)) {
    const values = read(sentence);
    if (!values) continue;
    const said = new Map([...values].map(([name, value]) => [name, translateValue(value, words, depth - 1)]));
    // Of punctuation alone nothing is understood.
    if (isBare && [...said].every(([name, value]) => value === values.get(name))) continue;
    return to.replace(place, (_match, name: string) => said.get(name) ?? "");
  }
  return sentence;
}

/** A name is not translated, whatever word it is. */
function translateValue(value: string, words: Translation, depth: number): string {
  return value.includes(" ") || value === "none" || value === "unknown" ? translate(value, words, depth) : value;
}

interface Pattern {
  /** The values in a sentence that was made from this one; undefined: it was not. */
  read: (sentence: string) => Map<string, string> | undefined;
  to: string;
  /** It has no words of its own. */
  isBare: boolean;
}

const place = /\{(\w+)\}/g;
const patterns = new WeakMap<Translation, Pattern[]>();

/** What is said of a file: behind its name may be any sentence, also one of several parts. */
const ofFile = "{path}: {reason}";

/** The sentences with values, those first that say most themselves: they are the least likely to be mistaken. */
function remember(words: Translation): Pattern[] {
  const found = Object.entries(words.sentences)
    .filter(([from]) => from.search(place) >= 0)
    .toSorted(
      ([one], [other]) =>
        other.replace(place, "").length - one.replace(place, "").length || Number(other === ofFile) - Number(one === ofFile),
    )
    .map(([from, to]) => ({ read: reader(from), to, isBare: !/\p{L}/u.test(from.replace(place, "")) }));
  patterns.set(words, found);
  return found;
}

/** Looks for the fixed parts one after the other, in time that grows with the sentence only: it may quote what a server sent. */
function reader(text: string): Pattern["read"] {
  const names = [...text.matchAll(place)].map(([, name = ""]) => name);
  const [head = "", ...parts] = text.split(/\{\w+\}/);
  const last = parts.length - 1;
  return (sentence) => {
    if (!sentence.startsWith(head) || !sentence.endsWith(parts[last] ?? "")) return undefined;
    const values = new Map<string, string>();
    let from = head.length;
    for (const [index, part] of parts.entries()) {
      const at = index === last ? sentence.length - part.length : sentence.indexOf(part, from);
      if (at < from || (text === ofFile && index === 0 && sentence.slice(0, at).includes(" "))) return undefined;
      values.set(names[index] ?? "", sentence.slice(from, at));
      from = at + part.length;
    }
    return values;
  };
}
