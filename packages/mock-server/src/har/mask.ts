import { createRedactor, hidden, maskText, recordingRules } from "@kubelet-conformance/exchange";
import type { OpenApiDocument } from "@kubelet-conformance/spec";
import type { ProxiedExchange } from "./exchange.ts";
import type { HarPair } from "./har.ts";

/** Takes out of one recorded exchange what nobody else may see. */
export interface Mask {
  text(value: string): string;
  header(name: string, value: string): string;
  /** JSON loses what people put into it, a form the values that are nobody's business. */
  body(text: string, mediaType: string | undefined): string;
  /** The same path and query, values of parameters hidden that are anybody's: commands, and all that the spec does not know. */
  target(target: string): string;
  pairs(query: string): HarPair[];
}

type Sent = Pick<ProxiedExchange, "target" | "headers">;

/** What masks an exchange. `secrets` are the proxy's own credentials; what a request says of itself in secret is hidden in its answer, too. */
export function createMask(secrets: readonly string[], shownParameters: ReadonlySet<string>): (exchange: Sent) => Mask {
  return (exchange) => {
    const redactor = createRedactor([...secrets, ...ownSecrets(exchange, shownParameters)]);
    const pairs = (query: string): HarPair[] =>
      [...new URLSearchParams(query)].map(([name, value]) => ({
        name: redactor.text(name),
        value: shownParameters.has(name) ? redactor.text(value) : hidden,
      }));
    const queryText = (query: string): string =>
      pairs(query)
        .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join("&");
    const masked = (target: string): string => {
      const { path, query } = split(target);
      return redactor.text(path) + (query === "" ? "" : `?${queryText(query)}`);
    };
    return {
      text: redactor.text,
      header: (name, value) => (/^(location|referer)$/i.test(name) ? masked(value) : redactor.header(name, value)),
      body: (text, mediaType) =>
        mediaType === "application/x-www-form-urlencoded" ? queryText(text) : redactor.text(maskText(text, recordingRules)),
      target: masked,
      pairs,
    };
  };
}

/** The client's token, and hidden values of the query, which redirects and errors repeat. A short one would hide half an answer. */
function ownSecrets({ target, headers }: Sent, shownParameters: ReadonlySet<string>): string[] {
  const values = [...new URLSearchParams(split(target).query)].flatMap(([name, value]) => (shownParameters.has(name) ? [] : [value]));
  const tokens = headers.flatMap(([name, value]) => (/^(proxy-)?authorization$|^cookie$/i.test(name) ? [value.replace(/^\w+ /, "")] : []));
  return [...values, ...tokens, ...passwords(headers)].filter((value) => value.length >= 8);
}

/** What Basic authentication encodes. */
function passwords(headers: Sent["headers"]): string[] {
  return headers.flatMap(([, value]) => {
    const encoded = /^basic +([\w+/=-]+)$/i.exec(value)?.[1];
    return encoded === undefined ? [] : [Buffer.from(encoded, "base64").toString().split(":").slice(1).join(":")];
  });
}

/** The query is without its question mark. */
export function split(target: string): { path: string; query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

const commands: ReadonlySet<string> = new Set(["cmd", "command"]);

/** Names of the query parameters that the spec knows, but for those that are a command's words. */
export function harmlessParameters({ paths, components }: OpenApiDocument): ReadonlySet<string> {
  const inPaths = Object.values(paths).flatMap(({ parameters, get, post, put }) =>
    [parameters, get?.parameters, post?.parameters, put?.parameters].flatMap((list) => list ?? []),
  );
  const all = [...inPaths, ...Object.values(components.parameters ?? {})];
  return new Set(
    all.flatMap((parameter) => ("in" in parameter && parameter.in === "query" && !commands.has(parameter.name) ? [parameter.name] : [])),
  );
}
