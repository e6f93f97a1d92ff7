import { answering, type ExchangeMatch } from "./alter.ts";
import type { Deviation } from "./deviation.ts";

type Http = NonNullable<Deviation["http"]>;

// What a kubelet answers where it refuses; deviations give it where it does not belong.

/** The mux has no such path. */
export function routeMissing(match: ExchangeMatch): Http {
  return answering(match, 404, "404 page not found\n", { "X-Content-Type-Options": "nosniff" });
}

/** Nobody that the kubelet knows. */
export function unauthorized(match: ExchangeMatch): Http {
  return answering(match, 401, "Unauthorized");
}

/** The path exists, with the methods of `allow`. */
export function methodNotAllowed(match: ExchangeMatch, allow: string): Http {
  return answering(match, 405, "405: Method Not Allowed", { Allow: allow });
}

/** The path yields JSON and nothing else. */
export function notAcceptable(match: ExchangeMatch): Http {
  return answering(match, 406, "406: Not Acceptable\n\nAvailable representations: application/json");
}

/** The client is known and lacks the permission. */
export function forbidden(match: ExchangeMatch): Http {
  return answering(match, 403, "Forbidden (user=kubelet-deviation, verb=get, resource=nodes, subresource(s)=[proxy])\n");
}

/** The mux sends the client to another path. */
export function redirect(match: ExchangeMatch, location: string): Http {
  return answering(match, 301, "", { Location: location });
}
