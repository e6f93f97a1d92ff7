import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { KubeconfigError } from "../kubeconfig-error.ts";

export type Section = Readonly<Record<string, unknown>>;

/** An entry of a kubeconfig: where it stands, and what it says. */
export interface Entry {
  file: string;
  content: Section;
}

/** What one or several kubeconfigs say together. */
export interface Merged {
  /** All files, as messages name them. */
  path: string;
  currentContext: unknown;
  /** Each of the three by name. */
  contexts: ReadonlyMap<unknown, Entry>;
  clusters: ReadonlyMap<unknown, Entry>;
  users: ReadonlyMap<unknown, Entry>;
}

/** The files that count where none is named: those of KUBECONFIG, else `~/.kube/config`. */
export function defaultKubeconfigs(environment: Record<string, string | undefined>): string[] {
  const listed = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  return listed.length > 0 ? listed : [join(environment["HOME"] ?? homedir(), ".kube", "config")];
}

/** Reads kubeconfigs as kubectl does: of several, those that are not there count for nothing, and whoever says a thing first is right. Throws KubeconfigError. */
export async function readMerged(paths: readonly string[]): Promise<Merged> {
  const read = await Promise.all(paths.map((path) => readOne(path, paths.length > 1)));
  const files = read.filter((file) => file !== undefined);
  const path = paths.join(delimiter);
  if (files.length === 0) throw new KubeconfigError(path, "there is no kubeconfig at any of these places; name one with --kubeconfig FILE");
  const all = (list: string, member: string): Map<unknown, Entry> => {
    const found = new Map<unknown, Entry>();
    for (const { path: file, content } of files) {
      for (const entry of sections(content[list])) {
        if (!found.has(entry["name"])) found.set(entry["name"], { file, content: section(entry[member]) });
      }
    }
    return found;
  };
  return {
    path,
    currentContext: files.map(({ content }) => content["current-context"]).find((name) => name !== undefined && name !== ""),
    contexts: all("contexts", "context"),
    clusters: all("clusters", "cluster"),
    users: all("users", "user"),
  };
}

async function readOne(path: string, mayBeMissing: boolean): Promise<{ path: string; content: Section } | undefined> {
  try {
    const content = section(parse(await readFile(path, "utf8"), { logLevel: "error" }));
    // Of several files one may hold users only.
    if (!mayBeMissing && !Array.isArray(content["clusters"]))
      throw new KubeconfigError(path, "this is no kubeconfig: it has no clusters; see kubectl config view");
    return { path, content };
  } catch (cause) {
    if (mayBeMissing && cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    if (cause instanceof KubeconfigError) throw cause;
    if (!(cause instanceof YAMLParseError)) throw new KubeconfigError(path, "the kubeconfig cannot be read", { cause });
    const [first = ""] = cause.message.split("\n");
    throw new KubeconfigError(path, `the kubeconfig is no YAML: ${first.replace(/:$/, "")}; mend that place`, { cause });
  }
}

/** An object's members; of anything else, none. */
export function section(value: unknown): Section {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** A list's entries; of anything else, none. */
export function sections(value: unknown): Section[] {
  return Array.isArray(value) ? value.map(section) : [];
}
