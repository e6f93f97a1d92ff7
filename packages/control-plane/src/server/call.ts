import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Access, User } from "../access/access.ts";
import type { JsonObject } from "../api/json.ts";
import type { Target, Verb } from "../api/target.ts";
import type { FaultTable } from "../faults.ts";
import type { ServerRequestLog } from "../request-log.ts";
import type { ServerState } from "../state/cluster-state.ts";
import type { NodeClient } from "../subresources/node-client.ts";
import type { WatchRegistry } from "../verbs/watch-registry.ts";

/** One request behind authentication and authorization. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The connection, when the client asks for another protocol. */
  readonly upgrade: { socket: Duplex; head: Buffer } | undefined;
  readonly user: User;
  readonly verb: Verb;
  readonly target: Target;
  readonly query: URLSearchParams;
  /** As sent, with its question mark; empty when there is none. */
  readonly search: string;
  /** Empty when there was none. */
  readonly body: JsonObject;
}

/** What a handler answers; undefined when it has written, or will write, the answer itself. */
export type Answer = { code: number; body: JsonObject } | undefined;

/** What all requests share. */
export interface ServerContext {
  readonly state: ServerState;
  readonly access: Access;
  readonly faults: FaultTable;
  readonly requests: ServerRequestLog;
  readonly watches: WatchRegistry;
  readonly nodeClient: NodeClient;
  /** What `/version` says. */
  readonly kubernetesVersion: string;
}
