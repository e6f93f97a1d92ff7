import { plain } from "./http/answers.ts";
import type { KubeletAnswer, KubeletRequest } from "./http/message.ts";

/** A route of a web service, as go-restful knows it. */
export interface Route<Handler> {
  method: string;
  /** Template from the root, e.g. `/run/{podNamespace}/{podID}/{containerName}`; `{rest:*}` takes what remains. */
  path: string;
  /** Media types it declares. None: only a client that takes anything gets an answer. */
  produces: readonly string[];
  handler: Handler;
}

export interface Routed<Handler> {
  handler: Handler;
  /** Path parameters by name, decoded. */
  parameters: Readonly<Record<string, string>>;
}

interface CompiledRoute<Handler> extends Route<Handler> {
  tokens: readonly string[];
}

/** Chooses a route: by shape, then method, then Accept; what fails first is the answer. */
export interface Router<Handler> {
  route(path: string, request: KubeletRequest): Routed<Handler> | KubeletAnswer;
}

/** CurlyRouter and the RouterJSR311.detectRoute behind it, with `notAcceptableWithoutLength` for a POST that carries no length. */
export function createRouter<Handler>(routes: readonly Route<Handler>[], notAcceptableWithoutLength: 406 | 415): Router<Handler> {
  const compiled = routes.map((route) => ({ ...route, tokens: tokenize(route.path) }));

  function choose(path: string, request: KubeletRequest): Routed<Handler> | KubeletAnswer {
    const tokens = tokenize(path);
    const shaped = compiled.filter((candidate) => fits(candidate, tokens));
    if (shaped.length === 0) return plain(404, "404: Page Not Found");
    const forMethod = shaped.filter((candidate) => candidate.method === request.method);
    if (forMethod.length === 0) {
      const allow = [...new Set(shaped.map((candidate) => candidate.method))].join(", ");
      return { ...plain(405, "405: Method Not Allowed"), headers: [["Allow", allow]] };
    }
    const chosen = forMethod.find((candidate) => accepts(request.header("Accept"), candidate.produces));
    if (chosen === undefined) return notAcceptable(forMethod, request);
    return { handler: chosen.handler, parameters: parametersOf(chosen, tokens) };
  }

  function notAcceptable(candidates: readonly Route<Handler>[], request: KubeletRequest): KubeletAnswer {
    const available = candidates.flatMap((candidate) => candidate.produces).join(", ");
    const hasNoLength = request.method === "POST" && request.header("Content-Length") === undefined;
    const representations = `Available representations: ${available}`;
    return hasNoLength && notAcceptableWithoutLength === 415
      ? plain(415, `415: Unsupported Media Type\n\n${representations}`)
      : plain(406, `406: Not Acceptable\n\n${representations}`);
  }

  return { route: choose };
}

/** Segments without the slashes at both ends, as go-restful's tokenizePath trims them. */
function tokenize(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

const isRest = (token: string): boolean => token.endsWith(":*}");

function fits<Handler>({ tokens: template }: CompiledRoute<Handler>, tokens: readonly string[]): boolean {
  const rest = template.findIndex(isRest);
  if (rest < 0 ? template.length !== tokens.length : tokens.length <= rest) return false;
  return template.every((token, index) => token.startsWith("{") || token === tokens[index]);
}

function parametersOf<Handler>({ tokens: template }: CompiledRoute<Handler>, tokens: readonly string[]): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  template.forEach((token, index) => {
    if (isRest(token)) parameters[token.slice(1, -3)] = tokens.slice(index).join("/");
    else if (token.startsWith("{")) parameters[token.slice(1, -1)] = tokens[index] ?? "";
  });
  return parameters;
}

/** Route.matchesAccept: parameters are ignored, `application/*` matches nothing but itself. */
function accepts(accept: string | undefined, produces: readonly string[]): boolean {
  if (accept === undefined || accept === "") return true;
  return accept
    .split(",")
    .map((entry) => entry.split(";", 1)[0]?.trim() ?? "")
    .some((type) => type === "*/*" || produces.includes(type));
}
