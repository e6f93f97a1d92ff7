import type { KubeletRequest } from "../http/message.ts";
import { parseHttpTime } from "./http-time.ts";

type Header = KubeletRequest["header"];

/** What the conditions of a request make of it: http.checkPreconditions, for files that have a time and no entity tag. */
export type Verdict = "send" | "not-modified" | "failed";

export function checkPreconditions(header: Header, modifiedSeconds: number): Verdict {
  const match = header("If-Match") ?? "";
  if (match !== "" ? !hasStar(match) : isModifiedAfter(header("If-Unmodified-Since"), modifiedSeconds) === true) return "failed";
  const noneMatch = header("If-None-Match") ?? "";
  if (noneMatch !== "") return hasStar(noneMatch) ? "not-modified" : "send";
  return notModified(header, modifiedSeconds) ? "not-modified" : "send";
}

/** Only the time counts, as for a directory. */
export function notModified(header: Header, modifiedSeconds: number): boolean {
  return isModifiedAfter(header("If-Modified-Since"), modifiedSeconds) === false;
}

/** The Range header that is to be heeded; undefined: none, or the file is not the one that If-Range means. */
export function rangeToHeed(header: Header, modifiedSeconds: number): string | undefined {
  const condition = header("If-Range") ?? "";
  const range = header("Range") ?? "";
  if (range === "") return undefined;
  // A tag is one that no file has.
  return condition === "" || parseHttpTime(condition) === modifiedSeconds ? range : undefined;
}

function isModifiedAfter(date: string | undefined, modifiedSeconds: number): boolean | undefined {
  const seconds = date === undefined ? undefined : parseHttpTime(date);
  return seconds === undefined ? undefined : modifiedSeconds > seconds;
}

/** Tags before the star match nothing, so only where they end well does the star count. */
function hasStar(list: string): boolean {
  return /^(?:[\s,]|(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*\*/.test(list);
}
