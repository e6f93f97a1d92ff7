import { globSync, readFileSync } from "node:fs";
import { parseAst } from "vitest/node";

/** A text in the source, with `{}` where a value goes. */
export interface Literal {
  file: string;
  text: string;
  /** Names of the functions and properties that it stands in, the innermost last: `UsageError`, `help`. */
  within: readonly string[];
}

const root = new URL("../../..", import.meta.url).pathname;
const folders = [
  "conformance/src",
  "spec/src",
  "packages/exchange/src",
  "packages/control-plane/src",
  "packages/cri/src",
  "packages/checkpoint-archive/src",
];

/** All texts of sources that the runner is made of. */
export function literals(): Literal[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .filter((file) => !/\.(test|support)\.ts$|\/generated\//.test(file))
    .flatMap((file) => {
      const found: Literal[] = [];
      collect(parseAst(readFileSync(`${root}/${file}`, "utf8"), { lang: "ts" }), [], (text, within) => found.push({ file, text, within }));
      return found;
    });
}

/** The same of a text of `en.yaml`. */
export function withoutNames(text: string): string {
  return text.replaceAll(/\{\w+\}/g, "{}");
}

type Found = (text: string, within: readonly string[]) => void;
type Node = Record<string, unknown>;

function collect(value: unknown, within: readonly string[], found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, within, found);
    return;
  }
  if (!isNode(value)) return;
  const { type } = value;
  if (type === "ImportDeclaration" || type === "TSLiteralType") return;
  if (type === "Literal" && typeof value["value"] === "string") found(value["value"], within);
  if (type === "TemplateLiteral") found(templateText(value), within);
  const name = nameOf(value);
  if (type === "Property" && name !== undefined) found(name, within);
  for (const [key, child] of Object.entries(value))
    if (key !== "type") collect(child, name === undefined ? within : [...within, name], found);
}

function templateText({ quasis }: Node): string {
  const parts = Array.isArray(quasis) ? quasis : [];
  return parts.map((part: unknown) => (isNode(part) && isNode(part["value"]) ? String(part["value"]["cooked"]) : "")).join("{}");
}

/** Of a call: what is called; of a property: its name. */
function nameOf({ type, callee, key }: Node): string | undefined {
  const named = type === "CallExpression" || type === "NewExpression" ? callee : type === "Property" ? key : undefined;
  return isNode(named) && typeof named["name"] === "string" ? named["name"] : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
