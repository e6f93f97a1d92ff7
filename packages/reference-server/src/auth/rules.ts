import type { AuthorizationRule } from "@kubelet-conformance/control-plane";
import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import { FileError } from "../file-error.ts";

const members = ["user", "group", "verbs", "resources", "unavailable"];

/** Reads a file of authorization rules, a YAML or JSON list. They stand in for what SubjectAccessReviews would grant. Throws FileError with the line. */
export async function readRulesFile(path: string): Promise<AuthorizationRule[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new FileError(path, undefined, "the authorization rules cannot be read", { cause });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new FileError(path, lines.linePos(broken.pos[0]).line, broken.message.split("\n")[0] ?? "not YAML");
  const content: unknown = document.toJS();
  if (!Array.isArray(content)) throw new FileError(path, 1, "authorization rules are a list of { user, verbs, resources }");
  return content.map((entry: unknown, index) => {
    const node = document.getIn([index], true);
    // Items of a parsed document carry their place in the text; the type covers documents made by hand, too.
    const start = (node as { range?: [number, number, number] } | undefined)?.range?.[0];
    const reason = problemOf(entry);
    if (reason !== undefined) {
      throw new FileError(path, start === undefined ? undefined : lines.linePos(start).line, `rule ${index + 1}: ${reason}`);
    }
    return entry as AuthorizationRule; // problemOf has checked its shape.
  });
}

function problemOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return "must be an object";
  const rule = entry as Record<string, unknown>; // Any object can be read by name.
  const unknown = Object.keys(rule).find((name) => !members.includes(name));
  if (unknown !== undefined) return `unknown member "${unknown}"; there are ${members.join(", ")}`;
  if ((typeof rule["user"] === "string") === (typeof rule["group"] === "string")) return "give either user or group";
  if (rule["unavailable"] === true) return undefined;
  for (const name of ["verbs", "resources"]) {
    const list = rule[name];
    if (!Array.isArray(list) || list.some((item) => typeof item !== "string")) return `"${name}" must be a list of texts`;
  }
  // The loop above made sure that it is a list of texts.
  const resource = (rule["resources"] as string[]).find((name) => !/^nodes\/(\*|[a-z]+)$/.test(name));
  return resource === undefined ? undefined : `resource "${resource}" is not of the form nodes/<subresource> or nodes/*`;
}
