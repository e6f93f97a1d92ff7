/**
 * The shape of one entry of `requirements/<area>.yaml`. The JSON Schema in `schemas/requirement.schema.json` says the same to editors
 * and to readers in other languages; `scripts/build.ts` validates every entry against it.
 */
export type Level = "MUST" | "SHOULD" | "MAY";

/** `documented`: the Kubernetes reference pages say so. `promised`: an API guarantee. `observed`: real kubelets do so, as recorded, or as the named source says and tries on real ones have shown. */
export type Provenance = "documented" | "promised" | "observed";

export interface Source {
  /** A page of kubernetes.io, by its slug, e.g. `kubelet-checkpoint-api`. */
  document?: string;
  section?: string;
  /** A file of the Kubernetes repository. */
  code?: string;
  symbol?: string;
  /** The recorded exchange that shows it, `<stage>/<id>`, e.g. `default/checkpoint.unknown-pod`. */
  recording?: string;
  /** A proposal, by its folder in the repository kubernetes/enhancements. */
  proposal?: string;
  /** An advisory, e.g. `CVE-2025-0426`. */
  advisory?: string;
}

/** What must be true of the target's configuration for the requirement to speak about it; a fact that differs makes it not-applicable. */
export interface Condition {
  /** Feature gate ContainerCheckpoint. */
  checkpointGate?: boolean;
  /** Feature gate ExtendWebSocketsToKubelet, from 1.36 on. */
  webSocketGate?: boolean;
  /** `enableDebuggingHandlers`. */
  debuggingHandlers?: boolean;
  /** `enableSystemLogHandler`. */
  systemLogHandler?: boolean;
  /** Feature gate NodeLogQuery and `enableSystemLogQuery`. */
  nodeLogQuery?: boolean;
  /** Feature gate PodLogsQuerySplitStreams. */
  splitStreams?: boolean;
  /** `enableProfilingHandler`. */
  profilingHandler?: boolean;
  /** `enableDebugFlagsHandler`. */
  debugFlagsHandler?: boolean;
  /** Feature gate ComponentStatusz. */
  statuszGate?: boolean;
  /** Feature gate ComponentFlagz. */
  flagzGate?: boolean;
  /** Feature gate KubeletAllocatedPodsEndpoint, from 1.37 on. */
  allocatedPodsGate?: boolean;
  /** `authentication.anonymous.enabled`. */
  anonymous?: boolean;
  authorization?: "AlwaysAllow" | "Webhook";
  /** What the kubelet's API server does: answers, refuses connections, or answers 500 to everything. */
  apiServer?: ("reachable" | "unreachable" | "failing")[];
  /**
   * What the runtime does with CheckpointContainer: outcome classes of `outcomes/checkpoint.yaml`, seen in one opted-in call. Everything but a 500
   * of a known class counts as `ok`, so that an unclassified answer fails the requirements about success and never skips them.
   */
  runtime?: string[];
}

/**
 * A file of the catalogue. `defaults` is merged into every entry: an entry's own key replaces the default, except `when`, which merges key by
 * key. The build writes complete entries, with `area`, into `dist/data/requirements.json`.
 */
export interface RequirementFile {
  area: string;
  defaults: Partial<Omit<Requirement, "id" | "area">>;
  requirements: Omit<Requirement, "area">[];
}

export interface Requirement {
  /** Dotted, readable, never reused: `checkpoint.response.unknown-pod`. Its first part is the area. */
  id: string;
  area: string;
  level: Level;
  /** One sentence that begins with the level. */
  title: string;
  provenance: Provenance;
  sources: Source[];
  /** The operationId of the OpenAPI document that it is about, if one. */
  operation?: string;
  /** First and last minor it holds for, inclusive. */
  since: string;
  until?: string;
  /** Within these minors only from this patch on, e.g. `["1.29.14", "1.30.10"]` for a fix that was backported. */
  patches?: string[];
  profile: string;
  /** What a target must offer for the check to run; ids of `needs.yaml`. */
  needs?: string[];
  when?: Condition;
  /** Why it matters or what trips people, for `explain`. */
  note?: string;
  /** The exchange that decides it; absent when the check is TypeScript (`conformance/src/checks/<area>.ts`). */
  exchange?: Exchange;
  /** A written reason why nothing outside the kubelet can see it; such an entry has neither check nor deviation. */
  unobservable?: string;
  /** It comes from a proposal that may still change: it is tested and told, and never scored. */
  draft?: Draft;
}

export interface Draft {
  /** The proposal's short name, e.g. `KEP-5823`. */
  document: string;
  link: string;
  /** Why it is not settled yet. */
  reason: string;
}

/**
 * One request and what its answer must be. Texts may hold variables, replaced by the target's own values before sending and before comparing:
 * - `$namespace $pod $container`: the opted-in container when the requirement needs `checkpoint`, else a running container found on the node;
 *   `$uid` is that pod's uid. With `$waitingContainer` or `$endedContainer` (in the spec but not running),
 *   `$sidecarContainer` or `$ephemeralContainer` they name that container's pod.
 * - `$absent`: a name that nothing has. `$node`: the node's name. `$user`: the client's user name, `[^,]*` in patterns when it is unknown.
 */
export interface Exchange {
  request: ExchangeRequest;
  expect: Expectation & {
    /** Differs while the rest holds: the verdict is `warned`. */
    should?: Expectation;
  };
}

/** Who asks. `identity:<subresource>` is a user that holds exactly `nodes/<subresource>` with the verbs get, create, update, patch and delete; `identity:none` holds nothing. While there is no API server, `identity:reviewed` is one whose GET of /stats/summary was allowed before, `identity:unreviewed` one that the kubelet has never seen. */
export type ExchangeClient = "credentials" | "none" | "bad-token" | "empty-token" | "basic" | "unknown-certificate" | `identity:${string}`;

export interface ExchangeRequest {
  /** Method and path template come from this operation of the OpenAPI document ... */
  operation?: string;
  /** ... with these path parameters; those not named take the target's `$namespace`, `$pod`, `$container`. Values are percent-encoded. */
  path?: Record<string, string>;
  /** The request target as sent, byte for byte, instead of an operation; query included. */
  target?: string;
  /** Default: the operation's method, else GET. */
  method?: string;
  /** Appended to the path as written, without `?`. */
  query?: string;
  headers?: Record<string, string>;
  body?: string;
  /** `none` sends a body-less request without a Content-Length header. Default: as clients do (0 on POST, PUT, PATCH, DELETE). */
  contentLength?: "none";
  /** Default `credentials`. */
  client?: ExchangeClient;
  /** Default `main` (10250). */
  listener?: "main" | "read-only" | "healthz";
  /** Default: whatever the transport negotiates, HTTP/1.1. */
  protocol?: "h2";
}

/** A value, or the name of a table in `behaviours/` that holds it by version. */
export type Behavioural<T> = T | { behaviour: string };

export interface Expectation {
  /** One of these codes. */
  status?: Behavioural<number | number[]>;
  /** The answer is of this class of `answers.yaml` ... */
  class?: string;
  /** ... and of none of these. */
  not?: string | string[];
  /** The exact body. */
  text?: Behavioural<string>;
  /** A regular expression (ECMAScript, `s` flag) that the body matches. */
  pattern?: Behavioural<string>;
  /** Header name to exact value, to `{ pattern }`, or to null: must be absent. Names are case-insensitive. */
  headers?: Record<string, Behavioural<string> | { pattern: string } | null>;
  /** The media type without parameters. */
  mediaType?: string;
  /** JSON pointer to value: the body is JSON and holds exactly this there. */
  json?: Record<string, unknown>;
  /** `true`: the body is valid against the spec's schema for this operation, status and media type. */
  schema?: true;
}
