import { basename, dirname, join, relative, resolve } from "node:path";
import type { OpenApiDocument } from "../document.ts";
import { bundle } from "./bundle.ts";
import type { Problems, SourceFile } from "./source-file.ts";

export interface SourceDocument {
  /** Undefined where there are problems. */
  document: OpenApiDocument | undefined;
  /** Each with the file and the line. */
  problems: Problems;
  /** Every file that was read. */
  files: string[];
}

/**
 * Reads an OpenAPI document, YAML or JSON, with the files that it refers to. Files are looked for in the directory above the one that the root file is in,
 * and below. Throws the system's error for a root file that cannot be read.
 */
export function readOpenApi(file: string): SourceDocument {
  const directory = dirname(resolve(file));
  const root = dirname(directory);
  const rootFile = `${basename(directory)}/${basename(file)}`;
  const problems: Problems = [];
  const files = new Map<string, SourceFile>();
  const document = bundle(root, "", problems, { rootFile, files });
  // As short as the file was named.
  const shown = (name: string): string => relative(process.cwd(), join(root, name)).replaceAll("\\", "/");
  return { document, problems: problems.map(shown), files: [...files.keys()].map((name) => join(root, name)) };
}
