import { nearest } from "@kubelet-conformance/spec";
import { MockError } from "./mock-error.ts";
import type { MockOptions } from "./mock-kubelet.ts";

type Kind = readonly [is: (value: unknown) => boolean, what: string];

const flag: Kind = [(value) => typeof value === "boolean", "true or false"];
const text: Kind = [(value) => typeof value === "string" && value !== "", "a text that is not empty"];

const kinds: { readonly [Name in keyof Required<MockOptions>]: Kind } = {
  kubernetesVersion: [text[0], 'a text such as "1.36"'],
  port: [(value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535, "a whole number from 0 to 65535"],
  host: text,
  tls: [(value) => value === false || isPair(value), "{ cert, key }, both PEM texts, or false"],
  cors: flag,
  spec: [text[0], "the name of a file"],
  scenarios: [(value) => typeof value === "object" || text[0](value), "an object or the name of a file"],
  seed: text,
  strict: flag,
  streams: flag,
  watch: flag,
  onReload: [(value) => typeof value === "function", "a function"],
};

/** What plain JavaScript gets past the types: each would be taken for something else, or for nothing. Throws MockError. */
export function checkOptions(options: MockOptions): void {
  const fail = (message: string): never => {
    throw new MockError("bad-option", `createMockKubelet: ${message}`);
  };
  if (typeof options !== "object" || options === null) fail("the options must be an object");
  const known = new Map<string, Kind>(Object.entries(kinds));
  for (const [name, value] of Object.entries(options)) {
    const [is, what] = known.get(name) ?? fail(`there is no option "${name}"; ${advice(name, [...known.keys()])}`);
    if (value !== undefined && !is(value)) fail(`${name} must be ${what}; it is ${shown(value)}`);
  }
}

/** The beginning is enough, and of a private key it is no secret. */
function shown(value: unknown): string {
  if (typeof value === "string") return `"${value.slice(0, 30)}"`;
  return typeof value === "object" && value !== null ? "another object" : String(value);
}

/** Files are often read as bytes, which TLS takes, too. */
function isPair(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("cert" in value) || !("key" in value)) return false;
  return [value.cert, value.key].every((pem) => text[0](pem) || pem instanceof Uint8Array);
}

function advice(name: string, names: readonly string[]): string {
  const similar = nearest(name, names);
  return similar === undefined ? `there are ${names.join(", ")}` : `did you mean "${similar}"?`;
}
