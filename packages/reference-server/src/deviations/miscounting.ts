import { changing, type ExchangeMatch, matchesRequest, wholeAnswer } from "./alter.ts";
import type { Deviation } from "./deviation.ts";

/** By how much a counter of checkpoint calls is off for each exchange that matches. */
export interface Miscount {
  total?: number;
  errors?: number;
}

/** Counters of checkpoint calls that count the exchanges that match otherwise than the kubelet does. */
export function miscounting(match: ExchangeMatch, { total = 0, errors = 0 }: Miscount): NonNullable<Deviation["http"]> {
  let seen = 0;
  const metrics = changing(
    { listener: "main", path: "/metrics", status: 200 },
    {
      body: (body) => {
        const counted = added(body, "kubelet_runtime_operations_total", total * seen);
        return added(counted, "kubelet_runtime_operations_errors_total", errors * seen);
      },
    },
  );
  return async (request, next) => {
    if (!matchesRequest(match, request)) return metrics(request, next);
    const answer = await wholeAnswer(await next(request));
    if (answer.status === match.status && (match.text === undefined || match.text.test(answer.body))) seen += 1;
    return answer;
  };
}

function added(metrics: string, family: string, count: number): string {
  if (count === 0) return metrics;
  const sample = `${family}{operation_type="checkpoint_container"}`;
  // A counter that was never touched has no line.
  if (!metrics.includes(`\n${sample} `)) return `${metrics}${sample} ${count}\n`;
  return metrics
    .split("\n")
    .map((line) => (line.startsWith(`${sample} `) ? `${sample} ${Number(line.slice(sample.length)) + count}` : line))
    .join("\n");
}
