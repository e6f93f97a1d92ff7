import { hidden, maskText } from "./mask-json.ts";
import { printable } from "./printable.ts";

/** Takes secrets out of everything that is shown or written. The only place that does. */
export interface Redactor {
  /** A text of ours that may quote a kubelet's. */
  text: (value: string) => string;
  header: (name: string, value: string) => string;
  /** The body of an answer: of JSON nothing but what is known to be harmless. */
  body: (value: string) => string;
}

const secretHeaders =
  /^(authorization|proxy-authorization|cookie|set-cookie|www-authenticate|x-remote-.*|impersonate-.*|.*(token|secret|api-?key).*)$/i;

/** A JSON string with its quotes. No rule may try a text in two ways: a kubelet's text would take for ever. */
const plain = String.raw`"(?:[^"\\]|\\.)*(?:"|\\?$)`;
const rules: [RegExp, string][] = [
  // {"name": "X", "value": "Y"} in either order: environment variables and probe headers.
  [new RegExp(`("value"\\s*:\\s*)${plain}`, "gs"), `$1"${hidden}"`],
  // The same where JSON is kept inside a JSON string, as annotations do.
  [/((?<!\\)(\\+)"value\2"\s*:\s*\2").*?(?:(?<!\\)\2"|$)/gs, `$1${hidden}$2"`],
  [new RegExp(`("[^"\\\\]{0,64}(?:password|passwd|secret|token|private_?key|api_?key)"\\s*:\\s*)${plain}`, "gis"), `$1"${hidden}"`],
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/gs, hidden],
  [/\b(Bearer|Basic)[\t ]{1,8}[\w.~+/=-]{8,}/gi, `$1 ${hidden}`],
  // How browsers, which can set no header then, send a token with a WebSocket.
  [/(base64url\.bearer\.authorization\.k8s\.io\.)[\w-]+/gi, `$1${hidden}`],
  // A JSON Web Token is recognizable anywhere: three base64url parts, the first of which begins an object.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, hidden],
];

/**
 * `secrets` are known values (tokens, keys) that are hidden wherever they turn up, also in part and when a kubelet echoes them in another form; a
 * function where more become known.
 */
export function createRedactor(secrets: readonly string[] | (() => readonly string[]) = []): Redactor {
  let known = "";
  let hide = pieceHider([]);
  const text = (value: string): string => {
    const all = typeof secrets === "function" ? secrets() : secrets;
    // Making it anew takes time, and hardly ever is there anything new.
    if (all.join("\n") !== known) {
      known = all.join("\n");
      hide = pieceHider(all.filter((secret) => secret.length >= 4).flatMap(formsOf));
    }
    return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), hide(value));
  };
  return {
    text,
    header: (name, value) => (secretHeaders.test(name) ? hidden : printable(text(value))),
    body: (value) => text(maskText(value)),
  };
}

/** A secret as a kubelet may give it back. A key counts by its lines, since its frame is no secret. */
function formsOf(secret: string): string[] {
  if (secret.startsWith("-----BEGIN ")) return secret.split("\n").filter((line) => line.length >= pieceLength && !line.startsWith("-----"));
  const bytes = Buffer.from(secret);
  return [...new Set([secret, bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex"), encodeURIComponent(secret)])];
}

/** A shorter part of a secret is no use to anybody. */
const pieceLength = 12;

/** Hides every part of these texts that is long enough, for what is quoted is cut where it happens to be; a shorter text is hidden as a whole. */
function pieceHider(texts: readonly string[]): (value: string) => string {
  const short = texts.filter(({ length }) => length < pieceLength).toSorted((a, b) => b.length - a.length);
  const pieces = new Set(
    texts.flatMap((text) =>
      Array.from({ length: Math.max(0, text.length - pieceLength + 1) }, (_, at) => text.slice(at, at + pieceLength)),
    ),
  );
  return (value) => {
    let rest = "";
    let from = 0;
    for (let at = 0; pieces.size > 0 && at + pieceLength <= value.length; at++) {
      if (!pieces.has(value.slice(at, at + pieceLength))) continue;
      let end = at + pieceLength;
      while (end < value.length && pieces.has(value.slice(end - pieceLength + 1, end + 1))) end++;
      rest += value.slice(from, at) + hidden;
      from = end;
      at = end - 1;
    }
    return short.reduce((text, secret) => text.replaceAll(secret, hidden), rest + value.slice(from));
  };
}
