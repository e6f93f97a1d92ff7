import { type Behavioural, behaviourAt, type Expectation } from "@kubelet-conformance/spec";
import { isDeepStrictEqual } from "node:util";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { answerClass, classify, isOfClass } from "./answers.ts";
import { maskedValue, maskText, mediaTypeOf } from "@kubelet-conformance/exchange";
import { pointer } from "./json-pointer.ts";
import { quoted } from "./text.ts";
import { expand, expandPattern, type Variables } from "./variables.ts";

export interface Difference {
  expected: string;
  actual: string;
}

/** What an expectation is read with. */
export interface Reading {
  minor: string;
  variables: Variables;
  /** The need that supplies the requirement's container. */
  need: string;
  /** Validates the response against the spec's schema of the operation. */
  validate(response: WireResponse): Promise<Difference | undefined>;
}

/** The first way in which an answer differs from an expectation; undefined: it holds. */
export async function difference(expectation: Expectation, response: WireResponse, reading: Reading): Promise<Difference | undefined> {
  return (
    statusDifference(expectation, response, reading) ??
    classDifference(expectation, response) ??
    headersDifference(expectation, response, reading) ??
    mediaTypeDifference(expectation, response) ??
    bodyDifference(expectation, response, reading) ??
    jsonDifference(expectation, response, reading) ??
    (expectation.schema ? await reading.validate(response) : undefined)
  );
}

type Rule = (expectation: Expectation, response: WireResponse, reading: Reading) => Difference | undefined;

const statusDifference: Rule = ({ status }, response, { minor }) => {
  if (status === undefined) return undefined;
  const wanted = [resolve(status, minor)].flat();
  if (wanted.includes(response.status)) return undefined;
  return { expected: `status ${wanted.join(" or ")}`, actual: describeAnswer(response) };
};

function classDifference(expectation: Expectation, response: WireResponse): Difference | undefined {
  const { class: id } = expectation;
  if (id !== undefined) {
    const wanted = answerClass(id);
    if (!isOfClass(wanted, response)) {
      return { expected: `an answer of class "${id}" (${wanted.title})`, actual: describeAnswer(response) };
    }
  }
  const unwanted = [expectation.not ?? []].flat().find((other) => isOfClass(answerClass(other), response));
  if (unwanted === undefined) return undefined;
  return { expected: `no answer of class "${unwanted}" (${answerClass(unwanted).title})`, actual: describeAnswer(response) };
}

const headersDifference: Rule = ({ headers = {} }, response, { minor, variables, need }) => {
  for (const [name, wanted] of Object.entries(headers)) {
    const value = headerOf(response, name);
    const actual = value === undefined ? `no ${name} header` : `${name}: ${quoted(value)}`;
    if (wanted === null) {
      if (value !== undefined) return { expected: `no ${name} header`, actual };
    } else if (typeof wanted === "object" && "pattern" in wanted) {
      const pattern = expandPattern(wanted.pattern, variables, need);
      if (value === undefined || !pattern.test(value)) return { expected: `a ${name} header that matches ${pattern}`, actual };
    } else {
      const text = expand(resolve(wanted, minor), variables, need);
      if (value !== text) return { expected: `${name}: ${quoted(text)}`, actual };
    }
  }
  return undefined;
};

function mediaTypeDifference({ mediaType }: Expectation, response: WireResponse): Difference | undefined {
  if (mediaType === undefined) return undefined;
  const value = headerOf(response, "content-type");
  if (mediaTypeOf(value) === mediaType) return undefined;
  return { expected: `media type ${mediaType}`, actual: value === undefined ? "no Content-Type header" : `Content-Type: ${quoted(value)}` };
}

const bodyDifference: Rule = ({ text, pattern }, response, { minor, variables, need }) => {
  const body = response.body.toString();
  if (text !== undefined) {
    const wanted = expand(resolve(text, minor), variables, need);
    if (body !== wanted) return { expected: `the body ${quoted(wanted)}`, actual: quotedBody(response) };
  }
  if (pattern !== undefined) {
    const wanted = expandPattern(resolve(pattern, minor), variables, need);
    if (!wanted.test(body)) return { expected: `a body that matches ${wanted}`, actual: quotedBody(response) };
  }
  return undefined;
};

const jsonDifference: Rule = ({ json }, response, { variables, need }) => {
  if (json === undefined) return undefined;
  const body = parseJson(response);
  if (!body) return { expected: "a JSON body", actual: quotedBody(response) };
  for (const [path, wanted] of Object.entries(json)) {
    const value = pointer(body.value, path);
    const expected: unknown = typeof wanted === "string" ? expand(wanted, variables, need) : wanted;
    if (!isDeepStrictEqual(value, expected)) {
      const actual = value === undefined ? "nothing there" : quoted(maskedValue(value, path.split("/").at(-1)));
      return { expected: `${JSON.stringify(expected)} at ${path === "" ? "the root" : path} of the JSON body`, actual };
    }
  }
  return undefined;
};

/** The body as JSON, wrapped so that a body of `null` is told from a body that is no JSON. */
export function parseJson(response: Pick<WireResponse, "body">): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(response.body.toString()) };
  } catch {
    return undefined;
  }
}

/** Status, class and body of an answer in one line. */
export function describeAnswer(response: WireResponse): string {
  const classes = classify(response);
  const meaning = classes.length === 0 ? "" : ` of class "${classes.join('", "')}"`;
  return `${response.status}${meaning} with ${response.isPrivate ? "" : "body "}${quotedBody(response)}`;
}

/** As much of a body as a reader takes in and may see. */
export function quotedBody({ body, isPrivate }: Pick<WireResponse, "body" | "isPrivate">): string {
  if (isPrivate) return `${body.length} bytes that are not shown`;
  // Enough to fill a line, however much of it is hidden.
  const start = body.toString("utf8", 0, 8192);
  const shown = maskText(start);
  return body.length <= 8192 ? quoted(shown) : `${quoted(shown.slice(0, 160))} and more, ${body.length} bytes in all`;
}

function resolve<T>(value: Behavioural<T>, minor: string): T {
  // The spec's build checks that a table named here holds values of the kind that is wanted.
  return isBehaviour(value) ? (behaviourAt(value.behaviour, minor) as T) : value;
}

function isBehaviour(value: unknown): value is { behaviour: string } {
  return typeof value === "object" && value !== null && "behaviour" in value;
}
