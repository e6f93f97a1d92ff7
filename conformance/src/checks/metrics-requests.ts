import { type AreaChecks, Broken, type CheckContext, type CheckRequest } from "../engine/check.ts";
import { type Sample, samples } from "../target/prometheus.ts";

/** What the kubelet counts of the requests to it. */
export const requestMetrics = {
  "metrics.kubelet.http-requests": async (context) => {
    const grown = await growth(context, { target: "/healthz" }, { method: "GET", path: "healthz", server_type: "readwrite" });
    if (grown < 1) throw new Broken("kubelet_http_requests_total of GET healthz to grow", `growth of ${grown}`);
  },

  "metrics.kubelet.http-requests-other": async (context) => {
    const name = "kubelet-conformance-absent";
    const grown = await growth(context, { method: "PROPFIND", target: `/${name}` }, { method: "other", path: "other" });
    if (grown < 1) throw new Broken("kubelet_http_requests_total of other other to grow", `growth of ${grown}`);
    const named = (await requestTotals(context)).find(({ labels }) => labels["path"] === name || labels["method"] === "PROPFIND");
    if (named) throw new Broken("no series of its own", JSON.stringify(named.labels));
  },

  "metrics.kubelet.http-durations": async (context) => {
    // A scrape is counted before it is timed, so it takes another one to see both.
    await context.send({ target: "/metrics" });
    const text = (await context.send({ target: "/metrics" })).body.toString();
    const isScrape = ({ labels }: Sample): boolean => labels["method"] === "GET" && labels["path"] === "metrics";
    const counted = samples(text, "kubelet_http_requests_duration_seconds_count").filter(isScrape);
    if (!counted.some(({ value }) => value >= 1)) throw new Broken("durations of GET metrics", "none");
  },
} satisfies Partial<AreaChecks<"metrics">>;

/** By how much the count of the requests with these labels has grown. */
async function growth(context: CheckContext, request: CheckRequest, labels: Readonly<Record<string, string>>): Promise<number> {
  const count = async (): Promise<number> =>
    (await requestTotals(context))
      .filter((sample) => Object.entries(labels).every(([name, value]) => sample.labels[name] === value))
      .reduce((sum, { value }) => sum + value, 0);
  const before = await count();
  await context.send(request);
  return (await count()) - before;
}

async function requestTotals(context: CheckContext): Promise<Sample[]> {
  return samples((await context.send({ target: "/metrics" })).body.toString(), "kubelet_http_requests_total");
}
