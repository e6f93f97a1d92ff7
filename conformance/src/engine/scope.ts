import { createRedactor, type Redactor } from "../report/redact.ts";
import type { FirstCheckpoint } from "../target/classify-runtime.ts";
import { leastCheckpointTimeoutMs } from "../target/limits.ts";
import type { Target } from "../target/target.ts";
import type { Send, WireClient } from "../target/wire.ts";
import { type RunScope, seedFixture } from "./context.ts";

/** What the checks of one run share. `firstCheckpoint` is one that was made already: its archive serves the checks. */
export function openScope(target: Target, send: Send, timeoutMs: number, firstCheckpoint?: FirstCheckpoint): RunScope {
  const checkpointTimeoutMs = Math.max(timeoutMs, leastCheckpointTimeoutMs);
  const scope: RunScope = { target, send, redact: redactorFor(target), leftovers: new Set(), checkpointTimeoutMs };
  if (firstCheckpoint) seedFixture(scope, firstCheckpoint);
  return scope;
}

/** Hides the target's own credentials wherever they turn up. */
function redactorFor({ credentials, identities }: Target): Redactor {
  const clients: WireClient[] = [...(credentials ? [credentials] : []), ...Object.values(identities)];
  return createRedactor(
    clients.flatMap(({ authorization, certificate }) => [authorization?.replace(/^\w+ /, "") ?? "", certificate?.key.trim() ?? ""]),
  );
}
