import { printable } from "../engine/text.ts";

/** Takes secrets out of everything that is shown or written. The only place that does. */
export interface Redactor {
  text: (value: string) => string;
  header: (name: string, value: string) => string;
}

const hidden = "[redacted]";
const secretHeaders =
  /^(authorization|proxy-authorization|cookie|set-cookie|www-authenticate|x-remote-.*|impersonate-.*|.*(token|secret|api-?key).*)$/i;

/** A JSON string with its quotes, and the same where JSON is kept inside a JSON string (annotations do). */
const plain = String.raw`"(?:[^"\\]|\\.)*"`;
const nested = String.raw`\\"(?:[^"\\]|\\[^"]|\\\\.)*?\\"`;
const rules: [RegExp, string][] = [
  // {"name": "X", "value": "Y"} in either order: environment variables and probe headers.
  [new RegExp(`("name"\\s*:\\s*${plain}\\s*,\\s*"value"\\s*:\\s*)${plain}`, "g"), `$1"${hidden}"`],
  [new RegExp(`("value"\\s*:\\s*)${plain}(\\s*,\\s*"name"\\s*:)`, "g"), `$1"${hidden}"$2`],
  [new RegExp(`(\\\\"name\\\\"\\s*:\\s*${nested}\\s*,\\s*\\\\"value\\\\"\\s*:\\s*)${nested}`, "g"), `$1\\"${hidden}\\"`],
  [new RegExp(`("[^"]*(?:password|passwd|secret|token|private_?key|api_?key)"\\s*:\\s*)${plain}`, "gi"), `$1"${hidden}"`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)/gs, hidden],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g, `$1 ${hidden}`],
  // A JSON Web Token is recognizable anywhere: three base64url parts, the first of which begins an object.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, hidden],
];

/**
 * `secrets` are known values (tokens, keys) that are hidden wherever they turn up, also when a kubelet echoes them; a function where more become known.
 */
export function createRedactor(secrets: readonly string[] | (() => readonly string[]) = []): Redactor {
  const text = (value: string): string => {
    const all = typeof secrets === "function" ? secrets() : secrets;
    const known = all.filter((secret) => secret.length >= 4).toSorted((a, b) => b.length - a.length);
    const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, hidden), value);
    return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), withoutKnown);
  };
  return {
    text,
    header: (name, value) => (secretHeaders.test(name) ? hidden : printable(text(value))),
  };
}
