import type { Duplex } from "node:stream";
import { Broken, type CheckContext, type ClientName } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import type { WireResponse } from "../target/wire.ts";

/** Bytes that one upgraded connection may send; no check asks for a quarter of it. */
const connectionLimit = 1024 * 1024;

/** Messages that one upgraded connection may send: each of them is looked at with those before it. */
export const messageLimit = 4096;

/** How long a check waits for what is to come on a stream; commands take a fraction of a second. */
export const patienceMs = 5_000;

export interface UpgradeRequest {
  method?: string;
  target: string;
  client?: ClientName;
}

/** An upgraded connection; it ends with its check. */
export interface Upgraded {
  answer: WireResponse;
  connection: Duplex;
  /** What arrived with the 101. */
  head: Buffer;
}

/** Asks for an upgrade. Fails the requirement when the answer is not 101. */
export async function upgrade(
  context: CheckContext,
  request: UpgradeRequest,
  headers: Readonly<Record<string, string | readonly string[]>>,
): Promise<Upgraded> {
  let taken: { connection: Duplex; head: Buffer } | undefined;
  const answer = await context.send({
    ...request,
    headers: { Connection: "Upgrade", ...headers },
    // Opening it twice would run the command twice.
    once: true,
    onUpgrade: (connection, head) => (taken = { connection, head }),
  });
  if (!taken) throw new Broken("101 Switching Protocols", describeAnswer(answer));
  return { answer, ...taken };
}

/** Ends a connection that sends without end. Called once its reader is there: a listener for data starts the flow. */
export function bound(connection: Duplex, limit = connectionLimit): void {
  let received = 0;
  connection.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (received > limit) connection.destroy();
  });
}

/** What `promise` gives, or the requirement's failure when it takes too long or the connection breaks off. */
export async function within<T>(promise: Promise<T>, expected: string, milliseconds = patienceMs): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Broken(expected, `nothing of it within ${milliseconds / 1000} s`)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    throw error instanceof Error && isEndOfConnection(error) ? new Broken(expected, error.message) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** What streams and sockets say when the other side is at fault has a code; a mistake of ours has none, or is one about types. */
function isEndOfConnection(error: Error): boolean {
  return "code" in error && !(error instanceof TypeError || error instanceof RangeError);
}
