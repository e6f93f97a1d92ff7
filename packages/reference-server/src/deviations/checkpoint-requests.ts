import { answering, changing } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { type Id, posted, plain } from "./checkpoint-matches.ts";

/** How requests are read. */
export const requestsDeviations = {
  "checkpoint.request.body": {
    summary: "answers 415 to a body of XML",
    http: answering({ ...posted, headers: { "content-type": "application/xml" } }, 415, "415: Unsupported Media Type"),
  },
  "checkpoint.request.origin": {
    summary: "lets pages of every origin read its answers",
    http: changing({ ...posted, headers: { origin: /./ } }, { headers: { "Access-Control-Allow-Origin": "*" } }),
  },
  "checkpoint.request.trailing-slash": {
    summary: "does not know a path that ends in a slash",
    http: answering({ ...plain, path: /^\/checkpoint\/[^/]+\/[^/]+\/[^/]+\/$/ }, 404, "404: Page Not Found"),
  },
  "checkpoint.request.encoded-name": {
    summary: "does not decode names",
    http: changing({ ...plain, path: /\/a%20b$/, status: 404 }, { body: "container a%20b does not exist" }),
  },
  "checkpoint.request.encoded-slash": {
    summary: "takes an encoded slash for a part of the name",
    http: changing({ ...plain, path: /\/a%2Fb\//i, status: 404 }, { body: "pod does not exist" }),
  },
  "checkpoint.request.odd-name": {
    summary: "answers 400 to names that no container can have",
    http: answering({ ...plain, path: /\/UPPER_case$/ }, 400, "invalid container name"),
  },
  "checkpoint.request.long-name": {
    summary: "answers 414 to long names",
    http: answering({ ...plain, path: /\/a{4000}\// }, 414, "414 URI Too Long"),
  },
} satisfies Partial<Record<Id, Deviation>>;
