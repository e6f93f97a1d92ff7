import { answering, changing, matchesRequest } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { miscounting } from "./miscounting.ts";
import { checkpointingFor } from "./checkpointing.ts";
import { type Id, posted, plain, badTimeout, reading } from "./checkpoint-matches.ts";

/** What becomes of the timeout. */
export const timeoutsDeviations = {
  "checkpoint.timeout.absent": {
    summary: "gives the runtime ten minutes when no timeout is given",
    ...checkpointingFor(plain, (call, ask) => ask({ ...call, timeout: 600, deadlineMs: 600_000 })),
  },
  "checkpoint.timeout.zero": {
    summary: "answers 202 to a timeout of 0, as if it need not wait",
    http: changing({ ...posted, query: "timeout=0", status: 200 }, { status: 202 }),
  },
  "checkpoint.timeout.zero-is-default": {
    summary: "hands a timeout of 0 over as it is",
    ...checkpointingFor({ ...posted, query: "timeout=0" }, (call, ask) => ask({ ...call, timeout: 0 })),
  },
  "checkpoint.timeout.positive": {
    summary: "says that the time is over whenever a long one was given",
    http: changing(
      { ...posted, query: "timeout=300", status: 200 },
      { status: 500, body: "checkpointing failed (rpc error: code = DeadlineExceeded desc = context deadline exceeded)" },
    ),
  },
  "checkpoint.timeout.short-is-raised": {
    summary: "hands a short timeout over as it is",
    ...checkpointingFor({ ...posted, query: "timeout=1" }, (call, ask) => ask({ ...call, timeout: 1 })),
  },
  "checkpoint.timeout.long-is-kept": {
    summary: "cuts timeouts to two minutes",
    ...checkpointingFor({ ...posted, query: /^timeout=\d{3,4}$/ }, (call, ask) => ask({ ...call, timeout: 120, deadlineMs: 120_000 })),
  },
  "checkpoint.timeout.deadline": {
    summary: "gives the call to the runtime no deadline",
    ...checkpointingFor(plain, (call, ask) => ask({ ...call, deadlineMs: undefined })),
  },
  "checkpoint.timeout.not-a-number": {
    summary: "answers 400 to a timeout that is not a number",
    http: changing({ ...posted, path: /\/(?!waiting$)[^/]+$/, query: "timeout=abc", status: 404, text: /^cannot parse/ }, { status: 400 }),
  },
  "checkpoint.timeout.empty": { summary: "takes an empty timeout for an absent one", http: reading("timeout=", null) },
  "checkpoint.timeout.fraction": { summary: "rounds timeouts", http: reading("timeout=1.5", "timeout=2") },
  "checkpoint.timeout.unit": { summary: "knows seconds as a unit", http: reading("timeout=10s", "timeout=10") },
  "checkpoint.timeout.hexadecimal": { summary: "reads hexadecimal timeouts", http: reading("timeout=0x10", "timeout=16") },
  "checkpoint.timeout.underscore": { summary: "allows digit separators", http: reading("timeout=1_000", "timeout=1000") },
  "checkpoint.timeout.too-large": {
    summary: "takes a timeout that is too large for the largest one",
    http: reading("timeout=9223372036854775808", "timeout=9223372036854775807"),
  },
  "checkpoint.timeout.last-value": { summary: "uses the first of several timeouts", http: reading("timeout=5&timeout=abc", "timeout=5") },
  "checkpoint.timeout.negative": {
    summary: "answers 400 to a negative timeout",
    http: changing({ ...posted, query: "timeout=-1", status: 500, text: /requires the timeout value/ }, { status: 400 }),
  },
  "checkpoint.timeout.negative-is-not-sent": {
    summary: "makes a checkpoint before it refuses a negative timeout",
    http: async (request, next) => {
      if (matchesRequest({ ...posted, query: "timeout=-1" }, request)) await reading("timeout=-1", null)(request, next);
      return next(request);
    },
  },
  "checkpoint.timeout.beyond-duration": {
    summary: "takes a timeout that overflows for an absent one",
    http: reading("timeout=9223372037", null),
  },
  "checkpoint.timeout.plus-sign": {
    summary: "does not know a plus sign",
    http: answering({ ...posted, query: "timeout=%2B5" }, 404, badTimeout),
  },
  "checkpoint.timeout.broken-escape": {
    summary: "refuses a timeout with a broken escape",
    http: answering({ ...posted, query: "timeout=%zz" }, 404, badTimeout),
  },
  "checkpoint.timeout.semicolon": { summary: "reads on at a semicolon", http: reading("timeout=abc;x=1", "timeout=abc&x=1") },
  "checkpoint.timeout.name-case": { summary: "ignores the case of parameters", http: reading("Timeout=abc", "timeout=abc") },
  "checkpoint.timeout.form-body": {
    summary: "reads the timeout from a form, too",
    http: reading(null, "timeout=abc", { headers: { "content-type": "application/x-www-form-urlencoded" } }),
  },
  "checkpoint.timeout.negative-is-counted": {
    summary: "looks at the timeout before it counts",
    http: miscounting({ ...posted, query: "timeout=-1", status: 500, text: /requires the timeout value/ }, { total: -1, errors: -1 }),
  },
} satisfies Partial<Record<Id, Deviation>>;
