import { randomBytes } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";

/** Requests that wait for their client, by a token that opens each of them once. */
export interface Tokens<Request> {
  /** @throws ConnectError ResourceExhausted when too many wait. */
  insert: (request: Request) => string;
  /** Undefined when the token is unknown, was used, or is too old. */
  consume: (token: string) => Request | undefined;
}

/** How long a token is good for, and how many may wait (k8s.io/kubelet cri/streaming request_cache.go). */
const TOKEN_LIFE_MS = 60_000;
const MOST_WAITING = 1000;

export function createTokens<Request>(clock: () => number = () => performance.now()): Tokens<Request> {
  const waiting = new Map<string, { readonly request: Request; readonly until: number }>();
  return {
    insert(request) {
      const now = clock();
      for (const [token, { until }] of waiting) if (now > until) waiting.delete(token);
      if (waiting.size >= MOST_WAITING) throw new ConnectError("maximum number of in-flight requests exceeded", Code.ResourceExhausted);
      // Six bytes are eight characters.
      const token = randomBytes(6).toString("base64url");
      waiting.set(token, { request, until: now + TOKEN_LIFE_MS });
      return token;
    },
    consume(token) {
      const found = waiting.get(token);
      waiting.delete(token);
      return found !== undefined && clock() <= found.until ? found.request : undefined;
    },
  };
}
