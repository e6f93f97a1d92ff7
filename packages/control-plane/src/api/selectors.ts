import { objectAt, textAt, textOf, type KubeObject } from "./json.ts";
import { badRequest } from "./status-error.ts";

export type Matcher = (object: KubeObject) => boolean;

/** `metadata.name=x,spec.clusterIP!=None`; an absent field reads as empty. */
export function fieldMatcher(selector: string): Matcher {
  const terms = selector.split(",").filter((term) => term !== "");
  const tests = terms.map((term): Matcher => {
    const match = /^([^=!]+)(!=|==|=)(.*)$/.exec(term);
    if (match === null) throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
    const [, path = "", operator, value = ""] = match;
    return (object) => (textAt(object, path) === value) === (operator !== "!=");
  });
  return (object) => tests.every((test) => test(object));
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function labelMatcher(selector: string): Matcher {
  const terms = selector.split(/,(?![^(]*\))/).map((term) => term.trim());
  const tests = terms.filter((term) => term !== "").map(labelTerm);
  return (object) => {
    const labels = objectAt(object.metadata, "labels");
    return tests.every((test) => test((name) => (labels[name] === undefined ? undefined : textOf(labels[name]))));
  };
}

type LabelTest = (label: (name: string) => string | undefined) => boolean;

function labelTerm(term: string): LabelTest {
  const set = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(term);
  if (set !== null) {
    const [, name = "", operator, list = ""] = set;
    const values = list.split(",").map((value) => value.trim());
    if (operator === "in") return (label) => values.includes(label(name) ?? "\0");
    return (label) => !values.includes(label(name) ?? "\0");
  }
  const equal = /^([^=!]+?)\s*(!=|==|=)\s*(.*)$/.exec(term);
  if (equal !== null) {
    const [, name = "", operator, value = ""] = equal;
    return (label) => (label(name) === value) === (operator !== "!=");
  }
  const absent = term.startsWith("!");
  const name = absent ? term.slice(1).trim() : term;
  if (!/^[\w./-]+$/.test(name)) throw badRequest(`unable to parse requirement: ${term}`);
  return (label) => (label(name) === undefined) === absent;
}
