import type { Listener } from "../http/message.ts";
import { createCounter, createHistogram, defaultBounds } from "./counter.ts";
import type { Family } from "./exposition.ts";

/** Counts requests by method, path bucket and server, as the kubelet's ServeHTTP does. */
export interface HttpRequests {
  /** Call at the start; the returned function ends the request. */
  begin(listener: Listener, method: string, path: string): () => void;
  families(): Family[];
}

const methods = new Set(["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT"]);

/** metricsBuckets of pkg/kubelet/server/server.go. */
const buckets = new Set(
  (
    "attach checkpoint configz containerLogs debug exec flagz healthz logs metrics pods portForward run runningpods stats statusz " +
    "metrics/cadvisor metrics/probes metrics/resource"
  ).split(" "),
);

const longRunning = new Set(["exec", "attach", "debug"]);

/** `gated`: buckets of routes behind feature gates that are on. */
export function createHttpRequests(gated: readonly string[] = []): HttpRequests {
  const total = createCounter();
  const inFlight = createCounter();
  const durations = createHistogram(defaultBounds);
  return {
    begin(listener, method, path) {
      const bucket = bucketOf(path, gated);
      const labels = {
        long_running: String(longRunning.has(bucket)),
        method: methods.has(method) ? method : "other",
        path: bucket,
        server_type: listener === "main" ? "readwrite" : "readonly",
      };
      const start = performance.now();
      total.add(labels);
      inFlight.add(labels);
      return () => {
        inFlight.add(labels, -1);
        durations.observe(labels, (performance.now() - start) / 1000);
      };
    },
    families: () => [
      {
        name: "kubelet_http_requests_total",
        help: "[ALPHA] Number of the http requests received since the server started",
        type: "counter",
        samples: total.samples(),
      },
      {
        name: "kubelet_http_inflight_requests",
        help: "[ALPHA] Number of the inflight http requests",
        type: "gauge",
        samples: inFlight.samples(),
      },
      {
        name: "kubelet_http_requests_duration_seconds",
        help: "[ALPHA] Duration in seconds to serve http requests",
        type: "histogram",
        samples: durations.samples(),
      },
    ],
  };
}

/** First segment of the path, two under /metrics; what has no bucket is `other`. */
function bucketOf(path: string, gated: readonly string[]): string {
  const [first = "", second] = path.replace(/^\/+/, "").split("/");
  const bucket = first === "metrics" && second !== undefined ? `metrics/${second}` : first;
  return buckets.has(bucket) || gated.includes(bucket) ? bucket : "other";
}
