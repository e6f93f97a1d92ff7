import { basename, dirname } from "node:path";

import { ArchiveError, type ArchiveErrorCode, quoted } from "./archive-error.ts";
import { formatTimestamp, parseTimestamp, timestampPattern } from "./timestamp.ts";

/** The three names that the kubelet puts into an archive's name. */
export interface ArchiveSubject {
  podName: string;
  namespace: string;
  container: string;
}

/** One reading of an archive's name. */
export interface ArchiveName extends ArchiveSubject {
  /** The directory part of the parsed path; null when there was none. */
  directory: string | null;
  /** The timestamp as it stands in the name. */
  timestamp: string;
  /** The instant that the timestamp means. */
  time: Date;
  /** Minutes east of UTC; 0 for `Z`. */
  offsetMinutes: number;
}

export interface ArchiveNameParts extends ArchiveSubject {
  /** Parts of a second are cut off. */
  time: Date;
  /** Minutes east of UTC; default: this process's zone at that time. */
  offsetMinutes?: number;
}

const grammar = "checkpoint-<pod>_<namespace>-<container>-<RFC 3339 time>.tar";
const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

const isLabel = (text: string): boolean => text.length <= 63 && label.test(text);
const isSubdomain = (text: string): boolean => text.length <= 253 && subdomain.test(text);

/** The kubelet's full name of a pod, `pod_namespace` (GetPodFullName in pkg/kubelet/container/ref.go). */
export function podFullName(podName: string, namespace: string): string {
  return `${podName}_${namespace}`;
}

/**
 * The file name that a kubelet gives a checkpoint of this container at this time.
 * Throws ArchiveError `name-pod`, `name-namespace`, `name-container` or `name-time`.
 */
export function buildArchiveName(parts: ArchiveNameParts): string {
  const { podName, namespace, container, time } = parts;
  if (!isSubdomain(podName)) throw invalid("name-pod", `the pod name ${quoted(podName)} is not a DNS-1123 subdomain`);
  if (!isLabel(namespace)) throw invalid("name-namespace", `the namespace ${quoted(namespace)} is not a DNS-1123 label`);
  if (!isLabel(container)) throw invalid("name-container", `the container name ${quoted(container)} is not a DNS-1123 label`);
  const offsetMinutes = parts.offsetMinutes ?? -time.getTimezoneOffset();
  const timestamp = formatTimestamp(time, offsetMinutes);
  if (timestamp === null) throw invalid("name-time", "the time or its zone is not one that RFC 3339 can write (years 0 to 9999, ±23:59)");
  return `checkpoint-${podFullName(podName, namespace)}-${container}-${timestamp}.tar`;
}

/**
 * All readings of an archive's name or path: namespace and container may both hold dashes, so there can be several.
 * With `known` parts, the one reading that has them.
 * Throws ArchiveError with the code of the wrong part (`name-prefix`, `name-suffix`, `name-pod`, `name-namespace`,
 * `name-container`, `name-time`), `name-mismatch` when no reading has the known parts, `name-ambiguous` when several do.
 */
export function parseArchiveName(name: string): ArchiveName[];
export function parseArchiveName(name: string, known: Partial<ArchiveSubject>): ArchiveName;
export function parseArchiveName(name: string, known?: Partial<ArchiveSubject>): ArchiveName[] | ArchiveName {
  const readings = readingsOf(name);
  return known === undefined ? readings : matching(name, readings, known);
}

function readingsOf(name: string): ArchiveName[] {
  const file = basename(name);
  const wrong = (code: ArchiveErrorCode, reason: string): ArchiveError => invalid(code, reason, file);
  if (!file.startsWith("checkpoint-")) throw wrong("name-prefix", "it does not begin with checkpoint-");
  if (!file.endsWith(".tar")) throw wrong("name-suffix", "it does not end in .tar");
  const match = timestampPattern.exec(file.slice("checkpoint-".length, -".tar".length));
  if (match === null) throw wrong("name-time", "no RFC 3339 time in whole seconds stands before .tar");
  const [, subject = "", timestamp = ""] = match;
  const instant = parseTimestamp(timestamp);
  if (instant === null) throw wrong("name-time", `the time ${quoted(timestamp)} does not exist`);

  const [podName = "", rest, ...more] = subject.split("_");
  if (rest === undefined) throw wrong("name-namespace", "no _ separates the pod from its namespace");
  if (!isSubdomain(podName)) throw wrong("name-pod", `the pod name ${quoted(podName)} is not a DNS-1123 subdomain`);
  if (more.length > 0) throw wrong("name-namespace", "there is more than one _");

  const directory = name.includes("/") ? dirname(name) : null;
  const common = { directory, podName, timestamp, ...instant };
  const readings = splitsAtDash(rest)
    .filter(([namespace, container]) => isLabel(namespace) && isLabel(container))
    .map(([namespace, container]) => ({ ...common, namespace, container }));
  if (readings.length === 0) throw wrong(...noSplit(rest));
  return readings;
}

function splitsAtDash(text: string): [string, string][] {
  return [...text.matchAll(/-/g)].map(({ index }) => [text.slice(0, index), text.slice(index + 1)]);
}

function noSplit(text: string): [ArchiveErrorCode, string] {
  const splits = splitsAtDash(text);
  const [first] = splits;
  if (first === undefined) return ["name-container", "no container name follows the namespace"];
  const namespaceFits = splits.some(([namespace]) => isLabel(namespace));
  return namespaceFits
    ? ["name-container", `no end of ${quoted(text)} is a container name (a DNS-1123 label) after a namespace`]
    : ["name-namespace", `${quoted(text)} does not begin with a namespace (a DNS-1123 label)`];
}

function matching(name: string, readings: ArchiveName[], known: Partial<ArchiveSubject>): ArchiveName {
  const file = basename(name);
  let left = readings;
  for (const part of ["podName", "namespace", "container"] as const) {
    const wanted = known[part];
    if (wanted === undefined) continue;
    const fitting = left.filter((reading) => reading[part] === wanted);
    if (fitting.length === 0) {
      const found = [...new Set(left.map((reading) => quoted(reading[part])))].join(" or ");
      throw invalid("name-mismatch", `its ${partNames[part]} is ${found}, not ${quoted(wanted)}`, file);
    }
    left = fitting;
  }
  const [only, ...others] = left;
  if (only === undefined || others.length > 0)
    throw invalid("name-ambiguous", `it has ${left.length} readings; say which namespace or container is meant`, file);
  return only;
}

const partNames = { podName: "pod", namespace: "namespace", container: "container" } as const;

function invalid(code: ArchiveErrorCode, reason: string, file?: string): ArchiveError {
  const subject = file === undefined ? "cannot name the archive" : `archive name ${quoted(file)}`;
  return new ArchiveError(code, `${subject}: ${reason}; the form is ${grammar}`);
}
