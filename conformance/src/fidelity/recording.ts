import { Ajv, type ValidateFunction } from "ajv";

/** One recorded request. What is absent is the default: administrator, main listener, HTTP/1.1. */
export interface RecordedRequest {
  method: string;
  /** With `{pod}` and `{uid}`; longer than 300 characters: the first 60, then `…(LENGTH)`. */
  path: string;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  body?: string;
  as?: string;
  port?: number;
  http2?: true;
  noContentLength?: true;
  chunked?: string;
}

export type RecordedBody =
  | string
  | { sha256: string; length: number; starts: string }
  | { length: "volatile"; starts: string }
  | { hex: string };

export interface RecordedAnswer {
  status: number;
  /** Absent over HTTP/2. */
  reason?: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: RecordedBody;
  stayedOpen?: true;
  http2?: true;
}

/** No answer came, and why. */
export interface RecordedFailure {
  error: string;
}

export interface RecordedExchange {
  request: RecordedRequest;
  response: RecordedAnswer | RecordedFailure;
}

/** One file: every exchange with one kubelet in one configuration. */
export interface StageRecording {
  kubernetesVersion?: string;
  stage: string;
  /** The static pod's name. */
  pod: string;
  results: Readonly<Record<string, RecordedExchange>>;
}

/** One path of `cluster/authz.json`, asked for by every user. */
export interface MatrixRow {
  /** The status per user; a text where no answer came. */
  statuses: Readonly<Record<string, number | string>>;
  /** What the user `none`, who holds nothing, was told with 401, 403 or 500. */
  forbiddenBody?: string;
}

export interface AuthorizationRecording {
  kubernetesVersion?: string;
  /** Keyed by method and path, e.g. `GET /pods`. */
  matrix: Readonly<Record<string, MatrixRow>>;
  /** Further requests, of which only the answer was kept; header names in lower case. */
  extra: Readonly<Record<string, { status: number; headers: Readonly<Record<string, string>>; body: string }>>;
}

const text = { type: "string" } as const;
const flag = { const: true } as const;

const exchangeSchema = {
  type: "object",
  required: ["request", "response"],
  properties: {
    request: {
      type: "object",
      required: ["method", "path"],
      properties: {
        method: text,
        path: text,
        headers: {
          type: "object",
          additionalProperties: { anyOf: [text, { type: "array", items: text }] },
        },
        body: text,
        as: text,
        port: { type: "integer" },
        http2: flag,
        noContentLength: flag,
        chunked: text,
      },
    },
    response: {
      type: "object",
      anyOf: [
        { required: ["error"] },
        {
          required: ["status", "headers", "body"],
          properties: {
            status: { type: "integer" },
            headers: {
              type: "array",
              items: { type: "array", items: text, minItems: 2, maxItems: 2 },
            },
            body: { type: ["string", "object"] },
          },
        },
      ],
    },
  },
} as const;

const ajv = new Ajv({ allowUnionTypes: true });

export const isStageRecording: ValidateFunction<StageRecording> = ajv.compile({
  type: "object",
  required: ["stage", "pod", "results"],
  properties: {
    stage: text,
    pod: text,
    results: { type: "object", additionalProperties: exchangeSchema },
  },
});

export const isAuthorizationRecording: ValidateFunction<AuthorizationRecording> = ajv.compile({
  type: "object",
  required: ["matrix"],
  properties: {
    matrix: {
      type: "object",
      propertyNames: { pattern: "^[A-Z]+ " },
      additionalProperties: {
        type: "object",
        required: ["statuses"],
        properties: { statuses: { type: "object" }, forbiddenBody: text },
      },
    },
    extra: { type: "object" },
  },
});
