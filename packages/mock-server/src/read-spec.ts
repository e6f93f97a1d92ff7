import type { Minor, OpenApiDocument } from "@kubelet-conformance/spec";
import { FileError } from "./located-document.ts";
import { createSpecification, type Specification } from "./specification.ts";

/** The spec of a minor from a file of one's own, and every file that it is made of. Throws FileError. */
export async function readSpec(file: string, minor: Minor): Promise<{ specification: Specification; files: string[] }> {
  const { document, files } = await readDocument(file);
  try {
    return { specification: createSpecification(minor, document), files };
  } catch (cause) {
    // Where something has another type than it should, only JavaScript's own words tell of it.
    const what = cause instanceof TypeError ? "is no OpenAPI document as this mock reads them: " : "";
    throw new FileError(`${file}: ${what}${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function readDocument(file: string): Promise<{ document: OpenApiDocument; files: string[] }> {
  // Loaded here, with its parser: most mocks read no such file.
  const { readOpenApi } = await import("@kubelet-conformance/spec/sources");
  let read: ReturnType<typeof readOpenApi>;
  try {
    read = readOpenApi(file);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new FileError(`${file} ${missing ? "does not exist" : "cannot be read"}; give an OpenAPI document, JSON or YAML`, { cause });
  }
  const { document, problems, files } = read;
  const [first] = problems;
  if (first !== undefined) throw new FileError(problems.length === 1 ? first : `${first} (and ${problems.length - 1} more)`);
  if (!document || !isObject(document.paths)) throw new FileError(`${file}:1: is no OpenAPI document: it has no paths`);
  return { document, files };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
