import type { IncomingMessage } from "node:http";
import { harEntry } from "../har/entry.ts";
import { createMask, harmlessParameters, split } from "../har/mask.ts";
import type { HarEntry } from "../har/har.ts";
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

/** What there was. */
export interface ProxySummary {
  /** A few lines. */
  text: string;
  /** A recording was wanted, and is not there or not whole. `text`, or a line before it, says why. */
  isRecordingLost: boolean;
}

export interface Session extends Omit<Proxy, "settled"> {
  /** Waits for what is under way, whose connections are to be closed before, and completes the recording. */
  end(): Promise<ProxySummary>;
}

/** Proxies, tells what is wrong, and records, from start to end. */
export function openSession({ recording, say, ...options }: SessionOptions): Session {
  const { upstream, specification } = options;
  const maskOf = createMask(upstream.secrets, harmlessParameters(specification.document));
  const tally = createTally(specification.minor);
  let isWhole = true;
  /** A full disk ends the recording, and nothing else. */
  const record = (entryOf: () => HarEntry): void => {
    if (!recording || !isWhole) return;
    try {
      recording.add(entryOf());
    } catch (error) {
      isWhole = false;
      say(`the recording stops here: ${reasonOf(error)}`);
    }
  };
  /** What to say of it. */
  const complete = (): string => {
    if (!recording) return "";
    try {
      recording.close();
      return `; recorded${isWhole ? "" : " in part"} in ${recording.file}`;
    } catch (error) {
      isWhole = false;
      recording.discard();
      return `; the recording is lost: ${reasonOf(error)}`;
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
      record(() => harEntry(exchange, upstream.origin, maskOf(exchange)));
    },
  });
  return {
    request: proxy.request,
    upgrade: proxy.upgrade,
    end: async () => {
      await proxy.settled();
      const text = tally.summary() + complete();
      upstream.close();
      return { text, isRecordingLost: !isWhole };
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
