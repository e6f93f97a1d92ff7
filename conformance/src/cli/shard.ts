import { UsageError } from "../errors.ts";
import { compare } from "../engine/compare.ts";
import type { RunSubject } from "./run-subjects.ts";

export interface Shard {
  index: number;
  count: number;
}

/** Reads `INDEX/COUNT`; the first index is 0, as in JOB_COMPLETION_INDEX. Throws a UsageError. */
export function parseShard(text: string): Shard {
  const [, index = NaN, count = NaN] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!(index < count))
    throw new UsageError(
      "shard-malformed",
      `--shard ${text}: write INDEX/COUNT, from 0/COUNT on: 0/3, 1/3 and 2/3 are the three shards of 3`,
    );
  return { index, count };
}

/** Every COUNTth kubelet in the order of the names, so that all shards together are all kubelets, each once, wherever they are computed. */
export function ofShard(subjects: readonly RunSubject[], { index, count }: Shard): RunSubject[] {
  return subjects.toSorted((a, b) => compare(subjectKey(a), subjectKey(b))).filter((_, place) => place % count === index);
}

/** The name by which a kubelet is known before it is asked. */
export function subjectKey({ options, node, label }: RunSubject): string {
  return node?.node ?? options.server ?? label ?? "";
}
