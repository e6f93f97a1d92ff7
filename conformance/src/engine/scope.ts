import { createRedactor, type Redactor } from "@kubelet-conformance/exchange";
import type { FirstCheckpoint } from "../target/classify-runtime.ts";
import { leastCheckpointTimeoutMs } from "../target/limits.ts";
import type { Target } from "../target/target.ts";
import type { Send, WireClient } from "../target/wire.ts";
import { type RunScope, seedFixture } from "./context.ts";

export interface ScopeOptions {
  /** Milliseconds for one request. */
  timeoutMs: number;
  /** One that was made already: its archive serves the checks. */
  firstCheckpoint?: FirstCheckpoint | undefined;
  onWait?: RunScope["onWait"];
  keepsExchanges?: RunScope["keepsExchanges"];
  /** Stops the run. Default: nothing does. */
  signal?: AbortSignal | undefined;
}

/** What the checks of one run share. */
export function openScope(target: Target, send: Send, options: ScopeOptions): RunScope {
  const { timeoutMs, firstCheckpoint, signal = new AbortController().signal } = options;
  const checkpointTimeoutMs = Math.max(timeoutMs, leastCheckpointTimeoutMs);
  const redact = redactorFor(target);
  const scope: RunScope = {
    target,
    send,
    redact,
    leftovers: new Set(),
    checkpointTimeoutMs,
    readings: new Map(),
    signal,
    onWait: options.onWait,
    keepsExchanges: options.keepsExchanges,
  };
  if (firstCheckpoint) seedFixture(scope, firstCheckpoint);
  return scope;
}

/** Hides the target's own credentials wherever they turn up. */
function redactorFor({ credentials, identities }: Target): Redactor {
  const clients: WireClient[] = [...(credentials ? [credentials] : []), ...Object.values(identities)];
  return createRedactor(() => clients.flatMap(secretsOf));
}

function secretsOf({ authorization, certificate, secrets }: WireClient): readonly string[] {
  return secrets?.() ?? [authorization?.replace(/^\w+ /, "") ?? "", certificate?.key.trim() ?? ""];
}
