import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import { FileError } from "../file-error.ts";
import type { ConfigurationError, KubeletConfiguration } from "./configuration.ts";
import { checkShape, type FieldPath, type Refuse } from "./check-shape.ts";

/** A configuration file and a way to refuse one of its fields by line. */
export interface ConfigurationFile {
  content: KubeletConfiguration;
  /** The refusal of a field, with the file and the line where it stands. */
  locate(error: ConfigurationError): FileError;
}

/** Reads a KubeletConfiguration, YAML or JSON. Throws FileError with the line and the field. */
export async function readConfiguration(path: string, minor: string): Promise<ConfigurationFile> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new FileError(path, undefined, "the kubelet configuration cannot be read", { cause });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new FileError(path, lines.linePos(broken.pos[0]).line, broken.message.split("\n")[0] ?? "not YAML");
  const refuse: Refuse = (field, reason) => {
    throw new FileError(path, lineOf(field), field.length === 0 ? reason : `${field.join(".")}: ${reason}`);
  };
  const content: unknown = document.toJS();
  checkShape(content, minor, refuse);
  return {
    // checkShape has gone through every member.
    content: content as KubeletConfiguration,
    locate: (error) => new FileError(path, lineOf(error.field.split(".")), error.message),
  };

  function lineOf(field: FieldPath): number | undefined {
    const node = document.getIn(field, true);
    // Nodes of a parsed document carry their place in the text.
    const start = (node as { range?: [number, number, number] } | undefined)?.range?.[0];
    return start === undefined ? undefined : lines.linePos(start).line;
  }
}
