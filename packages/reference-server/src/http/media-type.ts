const tokenCharacters = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
const parameter = new RegExp(`^\\s*;\\s*(${tokenCharacters}+)\\s*=\\s*(${tokenCharacters}+|"(?:[^"\\\\\\r\\n]|\\\\.)*")`);

/** A media type without its parameters, in lower case; `problem` is what mime.ParseMediaType finds wrong, in its words. */
export interface MediaType {
  type: string;
  problem: string | undefined;
}

/** Reads a Content-Type as mime.ParseMediaType does. */
export function parseMediaType(text: string): MediaType {
  const semicolon = text.indexOf(";");
  const type = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const problem = typeProblem(type);
  if (problem !== undefined) return { type: "", problem };
  return { type, problem: semicolon < 0 ? undefined : parametersProblem(text.slice(semicolon)) };
}

function typeProblem(type: string): string | undefined {
  const [, main = "", slash, sub = "", rest] = new RegExp(`^(${tokenCharacters}*)(/?)(${tokenCharacters}*)(.*)$`, "s").exec(type) ?? [];
  if (main === "") return "mime: no media type";
  if (slash === "") return rest === "" ? undefined : "mime: expected slash after first token";
  if (sub === "") return "mime: expected token after slash";
  return rest === "" ? undefined : "mime: unexpected content after media subtype";
}

function parametersProblem(text: string): string | undefined {
  const seen = new Map<string, string>();
  for (let rest = text; rest.trim() !== "" && rest.trim() !== ";";) {
    const [whole = "", name = "", value = ""] = parameter.exec(rest) ?? [];
    if (whole === "") return "mime: invalid media parameter";
    const key = name.toLowerCase();
    if (seen.has(key) && seen.get(key) !== value) return "mime: duplicate parameter name";
    seen.set(key, value);
    rest = rest.slice(whole.length);
  }
  return undefined;
}
