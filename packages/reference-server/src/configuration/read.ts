import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import { FileError } from "../file-error.ts";
import type { ConfigurationError, KubeletConfiguration } from "./configuration.ts";
import { kubernetesYaml } from "../yaml.ts";
import { checkShape, type FieldPath, type Refuse } from "./check-shape.ts";

/** A configuration file and a way to refuse one of its fields by line. */
export interface ConfigurationFile {
  content: KubeletConfiguration;
  /** The refusal of a field, with the file and the line where it stands. */
  locate(error: ConfigurationError): FileError;
}

/** Far more than all fields need; the parser's time grows with the square of the number of keys. */
const mostCharacters = 1 << 18;

/** Reads a KubeletConfiguration, YAML or JSON. Throws FileError with the line and the field. */
export async function readConfiguration(path: string, minor: string): Promise<ConfigurationFile> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new FileError(path, undefined, "the kubelet configuration cannot be read", { cause });
  }
  if (text.length > mostCharacters)
    throw new FileError(path, undefined, `is longer than ${mostCharacters} characters; is it a KubeletConfiguration?`);
  const lines = new LineCounter();
  const document = parseDocument(text, { ...kubernetesYaml, lineCounter: lines });
  const [broken] = document.errors;
  if (broken?.code === "MULTIPLE_DOCS")
    throw new FileError(
      path,
      lines.linePos(broken.pos[0]).line,
      "a second document begins here; one KubeletConfiguration is all that is read",
    );
  if (broken) throw new FileError(path, lines.linePos(broken.pos[0]).line, broken.message.split("\n")[0] ?? "not YAML");
  const refuse: Refuse = (field, reason) => {
    throw new FileError(path, lineOf(field), field.length === 0 ? reason : `${field.join(".")}: ${reason}`);
  };
  let content: unknown;
  try {
    content = document.toJS();
  } catch (cause) {
    // Aliases that unfold to more than anybody wrote down, or that nothing answers.
    throw new FileError(path, undefined, cause instanceof Error ? cause.message : String(cause), { cause });
  }
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
