import type { KubeletRequest } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import { type AcceptClause, parseAccept } from "./accept.ts";

/** The versioned object that a client asks for by the parameters `as`, `g` and `v`. */
export interface Transformation {
  kind: string;
  group: string;
  version: string;
}

export interface Negotiated {
  mediaType: string;
  /** Undefined: the client asked for none. */
  convert: Transformation | undefined;
  /** Indented for people. */
  pretty: boolean;
}

/** Which transformations a media type can be had with. */
export type Allows = (mediaType: string, convert: Transformation | undefined) => boolean;

/** The first acceptable of the media types, as negotiation.NegotiateOutputMediaType chooses it. Undefined: none. */
export function negotiate(request: KubeletRequest, query: string, mediaTypes: readonly string[], allows: Allows): Negotiated | undefined {
  for (const clause of parseAccept(request.header("Accept") ?? "")) {
    for (const mediaType of mediaTypes) {
      if (!matches(clause, mediaType)) continue;
      const convert = transformation(clause);
      // Nothing here is streamed, nor has it a version of the server's own.
      if (clause.parameters.has("stream") || clause.parameters.has("sv") || !allows(mediaType, convert)) continue;
      return { mediaType, convert, pretty: clause.parameters.get("pretty") === "1" || isForPeople(request, query) };
    }
  }
  return undefined;
}

function matches({ type, subtype }: AcceptClause, mediaType: string): boolean {
  const [ownType, ownSubtype] = mediaType.split("/");
  return (type === ownType && (subtype === ownSubtype || subtype === "*")) || (type === "*" && subtype === "*");
}

function transformation({ parameters }: AcceptClause): Transformation | undefined {
  const [kind, group, version] = ["as", "g", "v"].map((name) => parameters.get(name));
  if (kind === undefined && group === undefined && version === undefined) return undefined;
  return { kind: kind ?? "", group: group ?? "", version: version ?? "" };
}

/** isPrettyPrint: the query says so, or else the client is one that shows what it gets. */
function isForPeople(request: KubeletRequest, query: string): boolean {
  const asked = parseQuery(query).first("pretty");
  if (asked !== undefined && asked !== "") return /^(1|t|T|TRUE|true|True)$/.test(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(request.header("User-Agent") ?? "");
}
