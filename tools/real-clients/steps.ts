/** What one call of kubectl must come to. */
export interface Step {
  name: string;
  args: readonly string[];
  /** Written to its standard input, which then ends. Default: an empty one. */
  input?: string;
  /** In a terminal of its own, as `kubectl exec -it` wants it. */
  terminal?: true;
  /** Default 0. */
  exitCode?: number;
  /** What standard output must match. */
  stdout?: RegExp;
  /** What standard error must match. */
  stderr?: RegExp;
  /** For commands that never end by themselves: stopped once standard output matches this. */
  until?: RegExp;
  /** First minor that has it. Default: all. */
  since?: string;
  /** What one HTTP request to the port that this step forwards must answer. */
  forwarded?: RegExp;
}

/** The namespace, pod and container that the commands are about. */
export const namespace = "default";
export const containers = { ticking: "ticking", cat: "cat", restarting: "restarting" } as const;

interface GetRoute {
  path: string;
  body: RegExp;
  since?: string;
  /** What of the answer is looked at, where one path has several steps. */
  part?: string;
}

function resource(series: string): GetRoute {
  return { path: "metrics/resource", body: new RegExp(`^${series.replace("{", "\\{")}`, "m"), part: series.trim() };
}

const namedProfiles = ["allocs", "block", "goroutine", "heap", "mutex", "threadcreate"];

/** A file among the node's logs, and all that is in it. */
export const nodeLog = { service: "real-clients", file: "real-clients.log", text: "a line of the node\n" };
const wholeNodeLog = new RegExp(`^${nodeLog.text}$`);

const getRoutes: readonly GetRoute[] = [
  { path: "pods", body: /"kind":"PodList"/ },
  { path: "runningpods/", body: /"kind":"PodList"/ },
  { path: "healthz", body: /^ok$/ },
  { path: "healthz/ping", body: /^ok$/ },
  { path: "healthz/log", body: /^ok$/ },
  { path: "healthz/syncloop", body: /^ok$/ },
  { path: "healthz/device-plugin", body: /^ok$/, since: "1.32" },
  { path: "configz", body: /"kubeletconfig"/ },
  { path: "metrics", body: /^kubelet_running_pods 1$/m },
  { path: "metrics/cadvisor", body: /^container_cpu_usage_seconds_total\{/m },
  // What kubectl top shows comes from these four.
  ...["node_cpu_usage_seconds_total ", "node_memory_working_set_bytes "].map(resource),
  ...['container_cpu_usage_seconds_total{container="ticking"', 'container_memory_working_set_bytes{container="ticking"'].map(resource),
  { path: "metrics/probes", body: /^process_start_time_seconds /m },
  { path: "metrics/slis", body: /^kubernetes_healthcheck/m, since: "1.32" },
  { path: "stats/summary", body: /"nodeName"/ },
  { path: "stats/summary?only_cpu_and_memory=true", body: /"usageNanoCores"/ },
  { path: "logs/", body: /<pre>/ },
  { path: `logs/${nodeLog.file}`, body: wholeNodeLog },
  { path: `logs/?query=${nodeLog.service}`, body: wholeNodeLog, since: "1.27" },
  { path: `logs/?query=./${nodeLog.file}`, body: wholeNodeLog, since: "1.27" },
  { path: "debug/pprof/cmdline", body: /kubelet/ },
  { path: "debug/pprof/symbol", body: /^num_symbols: 1/ },
  { path: "debug/pprof/profile?seconds=1", body: /./s },
  { path: "debug/pprof/trace?seconds=1", body: /./s },
  { path: "debug/pprof/goroutine?debug=1", body: /goroutine profile/ },
  ...namedProfiles.map((name) => ({ path: `debug/pprof/${name}`, body: /./s })),
  { path: "statusz", body: /kubelet/, since: "1.32" },
  { path: "flagz", body: /kubelet/, since: "1.32" },
];

/** Every command that people use on a node's pods, and every GET route through the API server's node proxy. */
export function stepsFor(node: string, pod: string): Step[] {
  const { ticking, cat, restarting } = containers;
  const raw = getRoutes.map(({ path, body, since, part }): Step => {
    const args = ["get", "--raw", `/api/v1/nodes/${node}/proxy/${path}`];
    const what = part === undefined ? path : `${path} (${part})`;
    return { name: `GET ${what} through the node proxy`, args, stdout: body, ...(since === undefined ? {} : { since }) };
  });
  const logs = (name: string, ...flags: string[]) => ({ name: `logs ${name}`, args: ["logs", pod, "-c", ticking, ...flags] });
  const exec = (name: string, flags: string[], ...command: string[]) => ({
    name: `exec ${name}`,
    args: ["exec", pod, "-c", ticking, ...flags, "--", ...command],
  });
  return [
    ...raw,
    {
      name: "GET containerLogs through the node proxy",
      args: ["get", "--raw", `/api/v1/nodes/${node}/proxy/containerLogs/${namespace}/${pod}/${ticking}?tailLines=1`],
      stdout: /^tick \d+\n$/,
    },
    // Kubelets have profiles, but no index of them.
    {
      name: "GET debug/pprof/ through the node proxy",
      args: ["get", "--raw", `/api/v1/nodes/${node}/proxy/debug/pprof/`],
      exitCode: 1,
      stderr: /NotFound/,
    },
    { ...logs("whole"), stdout: /^tick 0$/m },
    { ...logs("--tail", "--tail=2"), stdout: /^tick \d+\ntick \d+\n$/ },
    { ...logs("--timestamps", "--timestamps", "--tail=1"), stdout: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\S* tick \d+\n$/ },
    { ...logs("--since", "--since=3s"), stdout: /^(?:tick \d+\n)+$/ },
    { ...logs("--since-time", "--since-time=2020-01-01T00:00:00Z"), stdout: /^tick 0$/m },
    { ...logs("--limit-bytes", "--limit-bytes=6"), stdout: /^tick 0$/ },
    { ...logs("-f", "-f", "--tail=1"), until: /tick \d+\ntick \d+\n/ },
    { ...logs("of a container without a previous one", "--previous"), exitCode: 1, stderr: /previous terminated container "ticking"/ },
    { name: "logs --previous", args: ["logs", pod, "-c", restarting, "--previous"], stdout: /^once\n$/ },
    {
      name: "logs of an absent container",
      args: ["logs", pod, "-c", "absent"],
      exitCode: 1,
      stderr: /container absent is not valid for pod/,
    },
    { ...exec("a command", [], "echo", "hello world"), stdout: /^hello world\n$/ },
    { ...exec("standard error", [], "sh", "-c", "echo oops >&2"), stderr: /^oops$/m },
    { ...exec("exit code", [], "sh", "-c", "exit 42"), exitCode: 42, stderr: /exit code 42/ },
    { ...exec("-i", ["-i"], "cat"), input: "one\ntwo\n", stdout: /^one\ntwo\n$/ },
    { ...exec("-it", ["-it"], "sh", "-c", "echo in a terminal"), terminal: true, stdout: /in a terminal/ },
    { ...exec("an unknown program", [], "no-such-program"), exitCode: 1, stderr: /no-such-program/ },
    { name: "attach", args: ["attach", pod, "-c", ticking], until: /tick \d+\n/ },
    { name: "attach -it", args: ["attach", "-it", pod, "-c", ticking], terminal: true, until: /tick \d+/ },
    { name: "attach -i", args: ["attach", "-i", pod, "-c", cat], input: "to cat\n", until: /to cat/ },
    {
      name: "port-forward",
      args: ["port-forward", pod, ":8080"],
      until: /Forwarding from/,
      forwarded: /^HTTP\/1\.1 200/,
    },
  ];
}
