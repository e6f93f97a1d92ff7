import { join, normalize } from "node:path/posix";
import type { Duplex } from "node:stream";
import type { Requirement } from "@kubelet-conformance/spec";
import type { Redactor } from "@kubelet-conformance/exchange";
import type { FirstCheckpoint } from "../target/classify-runtime.ts";
import type { ContainerReference, Target } from "../target/target.ts";
import { type Send, WireError, type WireRequest, type WireResponse } from "../target/wire.ts";
import { type ArchiveFixture, Blocked, type CheckContext, type CheckRequest, NotApplicable, type ReadRequest } from "./check.ts";
import { clientNamed } from "./clients.ts";
import { performExchange } from "./exchange.ts";
import { type Difference, parseJson } from "./expectation.ts";
import { pointer } from "./json-pointer.ts";
import { isPrivate } from "./private.ts";
import { type RecordedExchange, recordExchange } from "./record.ts";
import type { Verdict } from "./verdicts.ts";

/** What all checks of one run share. */
export interface RunScope {
  target: Target;
  send: Send;
  redact: Redactor;
  /** Archive paths that the kubelet named, hence left on the node. */
  leftovers: Set<string>;
  /** Milliseconds for a call that makes a checkpoint. */
  checkpointTimeoutMs: number;
  /** The one checkpoint that all checks share. */
  fixture?: Promise<Fixture>;
  /** What was read for all checks that look at the same, by request. */
  readings: Map<string, Promise<Outcome>>;
  /** Ends what is under way for several checks. */
  signal: AbortSignal;
  /** Whose exchanges results keep. Default: of every verdict. */
  keepsExchanges?: ((verdict: Verdict) => boolean) | undefined;
  /** Told of what takes long enough for somebody to wonder. */
  onWait?: ((requirement: Requirement, what: string, aboutMs: number) => void) | undefined;
}

/** Recorded when somebody wants to see it: most exchanges nobody does. */
type Recording = () => RecordedExchange;

type Outcome = { exchange: Recording } & ({ response: WireResponse } | { error: WireError });

interface Fixture {
  response: WireResponse;
  exchange: Recording;
  /** Absent when the answer names no path. */
  archive?: ArchiveFixture;
}

export interface Session {
  context: CheckContext;
  /** Ends the connections that were upgraded. */
  close: () => void;
  exchanges: Recording[];
  /** Whether a request had no answer, which may tell more than the check says. */
  silent: () => boolean;
  warnings: Difference[];
  /** By name. */
  measured: Record<string, number>;
}

/** Nobody wonders about less. */
const worthTellingMs = 5_000;

/** The context of one check; everything it sends lands in `exchanges`. `prolong` gives it so much more time. */
export function openSession(
  requirement: Requirement,
  scope: RunScope,
  signal: AbortSignal,
  prolong: (milliseconds: number) => void = () => {},
): Session {
  const { target } = scope;
  const exchanges: Recording[] = [];
  const warnings: Difference[] = [];
  const measured: Record<string, number> = {};
  const upgraded: Duplex[] = [];
  const send = async (request: CheckRequest): Promise<WireResponse> => {
    const wire = await complete(request, scope, signal);
    const { onUpgrade } = request;
    if (onUpgrade)
      wire.onUpgrade = (connection, head) => {
        upgraded.push(connection);
        // What happens to it is for whoever took it over; nobody is left to listen when it breaks later.
        connection.on("error", () => {});
        onUpgrade(connection, head);
      };
    return take(await sendRecorded(wire, scope));
  };
  let silent = false;
  const take = (outcome: Outcome): WireResponse => {
    note(outcome.exchange);
    silent ||= "error" in outcome;
    if ("error" in outcome) throw outcome.error;
    return outcome.response;
  };
  /** Checks come back to the one checkpoint, and to what they have read, as often as they like. */
  const note = (exchange: Recording): void => {
    if (!exchanges.includes(exchange)) exchanges.push(exchange);
  };
  const context: CheckContext = {
    requirement,
    target,
    send,
    read: async (request) => take(await readOnce(request, scope)),
    signal,
    exchange: (exchange) => performExchange(exchange, context),
    checkpoint: (query) => send(checkpointRequest(target, query)),
    firstCheckpoint: async () => {
      const { response, exchange } = await (scope.fixture ??= makeFixture(scope, note));
      note(exchange);
      return response;
    },
    archive: async () => {
      const { archive, exchange } = await (scope.fixture ??= makeFixture(scope, note));
      note(exchange);
      if (!archive) throw new Blocked("archive-file");
      return archive;
    },
    leftover: (path) => void scope.leftovers.add(path),
    measure: (name, value) => void (measured[name] = value),
    awaits: (what, aboutMs) => {
      prolong(2 * aboutMs);
      if (aboutMs >= worthTellingMs) scope.onWait?.(requirement, what, aboutMs);
    },
    warn: (expected, actual) => void warnings.push({ expected, actual }),
    notApplicable: (reason) => {
      throw new NotApplicable(reason);
    },
  };
  const close = (): void => {
    for (const connection of upgraded) connection.destroy();
  };
  return { context, exchanges, silent: () => silent, warnings, measured, close };
}

async function complete(request: CheckRequest, { target, checkpointTimeoutMs }: RunScope, signal: AbortSignal): Promise<WireRequest> {
  const { client = "credentials", ...rest } = request;
  if (target.unreached) throw new Blocked("kubelet");
  const checkpoint = checkpointOf(request, target);
  requireCommandLeave(request, target);
  const listener = request.listener ?? "main";
  return {
    method: "GET",
    ...rest,
    listener,
    // The plain listeners take no credentials, so none are needed to ask them.
    client:
      typeof client === "object"
        ? client
        : listener !== "main" && !target.credentials && client === "credentials"
          ? { name: "none" }
          : await clientNamed(client, target),
    signal: request.signal ?? signal,
    ...(checkpoint ? { once: true, timeoutMs: request.timeoutMs ?? checkpointTimeoutMs } : {}),
  };
}

/**
 * Whether a request may really make a checkpoint. One that would touch a running container without `--checkpoint` is not sent at all:
 * a kubelet that breaks a rule must not be led into changing the node.
 */
function checkpointOf({ method, target: path }: CheckRequest, target: Target): boolean {
  if (method !== "POST") return false;
  const segments = segmentsOf(path);
  if (segments[0] !== "checkpoint") return false;
  const is = (container: ContainerReference | undefined): boolean =>
    container !== undefined && segments[1] === container.namespace && segments[2] === container.pod && segments[3] === container.container;
  if (is(target.checkpoint) || is(target.second)) return true;
  if (is(target.running)) throw new Blocked("checkpoint");
  return false;
}

/** Commands run, and connections are made, nowhere but in the container of `--exec` and its pod. */
function requireCommandLeave({ target: path, headers = {} }: CheckRequest, { command, running }: Target): void {
  const [service = "", namespace, pod, ...rest] = segmentsOf(path);
  const upgrades = Object.keys(headers).some((name) => name.toLowerCase() === "upgrade");
  if (!["run", "exec", "attach", "portForward"].includes(service) || (!upgrades && (service === "attach" || service === "portForward")))
    return;
  const touches = (container: ContainerReference | undefined): boolean =>
    container?.namespace === namespace && container?.pod === pod && (service === "portForward" || container?.container === rest.at(-1));
  if (touches(running) && !touches(command)) throw new Blocked("command-container");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function segmentsOf(path: string): string[] {
  return (path.split("?")[0] ?? "")
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".")
    .map(decode);
}

async function sendRecorded(request: WireRequest, { send, redact, leftovers }: RunScope): Promise<Outcome> {
  const startedAt = performance.now();
  try {
    const answer = await send(request);
    const response = isPrivate(request, answer) ? { ...answer, isPrivate: true as const } : answer;
    noteLeftovers(request, response, leftovers);
    return { response, exchange: recording(request, { response }, redact) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { error, exchange: recording(request, { error, durationMs: performance.now() - startedAt }, redact) };
  }
}

function recording(...exchange: Parameters<typeof recordExchange>): Recording {
  let made: RecordedExchange | undefined;
  return () => (made ??= recordExchange(...exchange));
}

/** Sent for whichever check comes first, but with the run's signal: the end of that check is not the end of the others. */
function readOnce(request: ReadRequest, scope: RunScope): Promise<Outcome> {
  const { target, listener = "main", client = "credentials", headers } = request;
  const key = JSON.stringify([listener, client, target, headers]);
  const known = scope.readings.get(key) ?? complete(request, scope, scope.signal).then((wire) => sendRecorded(wire, scope));
  scope.readings.set(key, known);
  return known;
}

function noteLeftovers({ method, target }: WireRequest, response: WireResponse, leftovers: Set<string>): void {
  if (method !== "POST" || response.status !== 200 || !target.includes("/checkpoint")) return;
  const items = pointer(parseJson(response)?.value, "/items");
  if (Array.isArray(items)) for (const item of items) if (typeof item === "string") leftovers.add(item);
}

function checkpointRequest({ checkpoint }: Target, query?: string): { method: string; target: string } {
  if (!checkpoint) throw new Blocked("checkpoint");
  const path = [checkpoint.namespace, checkpoint.pod, checkpoint.container].map(encodeURIComponent).join("/");
  return { method: "POST", target: `/checkpoint/${path}${query === undefined ? "" : `?${query}`}` };
}

async function makeFixture(scope: RunScope, failed: (exchange: Recording) => void): Promise<Fixture> {
  // Not the signal of the check that happens to come first: the others use the same archive.
  const request = await complete(checkpointRequest(scope.target), scope, scope.signal);
  const startedAt = new Date();
  const outcome = await sendRecorded(request, scope);
  if ("error" in outcome) {
    failed(outcome.exchange);
    throw outcome.error;
  }
  return fixtureOf(scope, { response: outcome.response, startedAt, endedAt: new Date() }, outcome.exchange);
}

/** Uses a checkpoint that discovery made, so that a run makes no more archives than it must. */
export function seedFixture(scope: RunScope, first: FirstCheckpoint): void {
  const { target, redact, leftovers } = scope;
  const request: WireRequest = { listener: "main", client: target.credentials ?? { name: "none" }, ...checkpointRequest(target) };
  noteLeftovers(request, first.response, leftovers);
  scope.fixture = Promise.resolve(fixtureOf(scope, first, recording(request, { response: first.response }, redact)));
}

function fixtureOf({ target: { nodeRoot } }: RunScope, { response, startedAt, endedAt }: FirstCheckpoint, exchange: Recording): Fixture {
  const path = response.status === 200 ? pointer(parseJson(response)?.value, "/items/0") : undefined;
  if (typeof path !== "string") return { response, exchange };
  // Normalized from the root first: a path with `..` must not lead out of the node's root.
  const localPath = nodeRoot === undefined ? undefined : join(nodeRoot, normalize(`/${path}`));
  return { response, exchange, archive: { response, path, localPath, startedAt, endedAt } };
}
