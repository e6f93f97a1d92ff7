import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Level, levels } from "./compare.ts";

/** A change of the spec that is to be released, as its changeset tells it. */
export interface Announced {
  level: Level;
  /** Whether a line of it begins with "Breaking:". */
  breaking: boolean;
}

/** What the changesets of a directory say of a package. */
export function announced(directory: string, name: string): Announced[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .flatMap((file) => {
      const [, head = "", text = ""] = readFileSync(join(directory, file), "utf8").split(/^---$/m);
      const said = new RegExp(`^["']?${name}["']?: *(\\w+)`, "m").exec(head)?.[1];
      const level = levels.find((each) => each === said);
      return level === undefined ? [] : [{ level, breaking: /^Breaking:/m.test(text) }];
    });
}

/**
 * What is missing among the changesets for differences of this level since a version; undefined when nothing is. Before 1.0.0 a breaking change is one
 * level lower, as semantic versioning has it, so it must also be called one.
 */
export function missingChangeset(level: Level | undefined, version: string, changesets: readonly Announced[]): string | undefined {
  if (level === undefined) return undefined;
  const early = version.startsWith("0.");
  const needed = early ? (levels[levels.indexOf(level) - 1] ?? level) : level;
  const enough = changesets.filter((each) => levels.indexOf(each.level) >= levels.indexOf(needed));
  if (enough.length === 0) return `a changeset of the spec with level ${needed}`;
  if (level === "major" && early && !enough.some(({ breaking }) => breaking))
    return `a changeset of the spec with level ${needed} and a line that begins with "Breaking:"`;
  return undefined;
}
