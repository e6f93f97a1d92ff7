import type { IncomingMessage } from "node:http";
import { harEntry } from "../har/entry.ts";
import { createMask, harmlessParameters, split } from "../har/mask.ts";
import type { HarWriter } from "../har/writer.ts";
import type { Specification } from "../specification.ts";
import { createProxy, type Proxy } from "./proxy.ts";
import { createTally } from "./summary.ts";
import type { Upstream } from "./upstream.ts";

export interface SessionOptions {
  upstream: Upstream;
  /** Of the kubelet's minor. */
  specification: Specification;
  refuse: (request: IncomingMessage) => string | undefined;
  /** Undefined: nothing is recorded. */
  recording: HarWriter | undefined;
  /** Takes one line for each violation. */
  say: (line: string) => void;
}

export interface Session extends Omit<Proxy, "settled"> {
  /** Waits for what is under way, whose connections are to be closed before, completes the recording, and gives the summary. */
  end(): Promise<string>;
}

/** Proxies, tells what is wrong, and records, from start to end. */
export function openSession({ recording, say, ...options }: SessionOptions): Session {
  const { upstream, specification } = options;
  const maskOf = createMask(upstream.secrets, harmlessParameters(specification.document));
  const tally = createTally(specification.minor);
  let writer = recording;
  /** A full disk ends the recording, and nothing else. */
  const record = (write: (to: HarWriter) => void): void => {
    if (!writer) return;
    try {
      write(writer);
    } catch (error) {
      writer = undefined;
      say(`the recording stops here: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const proxy = createProxy({
    ...options,
    onFinding: (finding, { method, target, headers }) => {
      const mask = maskOf({ target, headers });
      const line = tally.told({ ...finding, text: mask.text(finding.text) }, method, mask.text(split(target).path));
      if (line !== undefined) say(line);
    },
    onExchange: (exchange, wasChecked) => {
      tally.exchange(wasChecked);
      record((to) => to.add(harEntry(exchange, upstream.origin, maskOf(exchange))));
    },
  });
  return {
    request: proxy.request,
    upgrade: proxy.upgrade,
    end: async () => {
      await proxy.settled();
      record((to) => to.close());
      upstream.close();
      return tally.summary() + (writer ? `; recorded in ${writer.file}` : "");
    },
  };
}
