import { readFile } from "node:fs/promises";
import type { OpenApiDocument } from "@kubelet-conformance/spec";
import { FileError, parseLocated } from "./located-document.ts";

export async function readSpec(file: string): Promise<OpenApiDocument> {
  const { value } = await parseLocated(file, await readFile(file, "utf8"));
  if (typeof value !== "object") throw new FileError("x");
  return value as OpenApiDocument;
}
