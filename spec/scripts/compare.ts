import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { derive } from "../src/derive.ts";
import type { OpenApiDocument } from "../src/document.ts";
import { minors } from "../src/version.ts";

/** Ordered: a later one includes the earlier ones. */
export const levels = ["patch", "minor", "major"] as const;
export type Level = (typeof levels)[number];

/** Something that differs between two states of the spec, with the minors in whose documents it does. */
export interface Difference {
  level: Level;
  text: string;
  minors: string[];
}

/** What Redocly says of a pair of documents, as far as it is read here. */
interface Report {
  changes: { path: string; typeName: string; kind: string; impact: Level; property?: string; verdicts: { message: string }[] }[];
}

/**
 * Rates what differs between two documents of all minors by what it does to those who use the plain document of one: a range that shrinks takes
 * something away from the minors that it leaves.
 */
export async function compare(base: OpenApiDocument, revision: OpenApiDocument): Promise<Difference[]> {
  const found = new Map<string, Difference>();
  for (const minor of minors) {
    const [before, after] = [base, revision].map((document) => withoutVersion(derive(document, minor)));
    if (isDeepStrictEqual(before, after)) continue;
    for (const { impact, text } of await rate(before, after)) {
      const difference = found.get(`${impact} ${text}`) ?? { level: impact, text, minors: [] };
      found.set(`${impact} ${text}`, { ...difference, minors: [...difference.minors, minor] });
    }
  }
  return [...found.values()].toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
}

/** The highest level among differences; undefined without any. */
export function highest(found: readonly { level: Level }[]): Level | undefined {
  return levels.findLast((level) => found.some((each) => each.level === level));
}

function withoutVersion({ info, ...rest }: OpenApiDocument): object {
  return { ...rest, info: { ...info, version: "0.0.0" } };
}

async function rate(before: unknown, after: unknown): Promise<{ impact: Level; text: string }[]> {
  const directory = mkdtempSync(join(tmpdir(), "spec-diff-"));
  try {
    writeFileSync(join(directory, "before.json"), JSON.stringify(before));
    writeFileSync(join(directory, "after.json"), JSON.stringify(after));
    const cli = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");
    const words = ["diff", "before.json", "after.json", "--config", join(import.meta.dirname, "../redocly.yaml"), "--format", "json"];
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words, "--fail-on", "none"], {
      cwd: directory,
      env: { ...process.env, REDOCLY_TELEMETRY: "off" },
      maxBuffer: 1 << 26,
    });
    // Its format is experimental, and its version pinned.
    const { changes } = JSON.parse(stdout) as Report;
    return changes.flatMap(({ path, typeName, kind, impact, property, verdicts }) => {
      const place = `${typeName} ${kind} at ${path}${property === undefined ? "" : `, ${property}`}`;
      const said = verdicts.map(({ message }) => ({ impact, text: `${message} (${path})` }));
      return said.length > 0 ? said : [{ impact, text: place }];
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
