import { curlLine, exampleHosts, type Hosts, quote } from "../cli/example.ts";
import type { RecordedExchange } from "../engine/record.ts";
import type { Result } from "../engine/verdicts.ts";
import type { Report } from "./report.ts";

/** How to see a result again: with this suite, and without it. */
export interface Reproduction {
  /** A command line of kubelet-conformance. */
  again: string;
  /** One line for each exchange that another program can repeat, the deciding one last. */
  requests: string[];
}

export function reproduction(result: Result, { target }: Pick<Report, "target">): Reproduction {
  const { id, scenarios, verdict, exchanges } = result;
  // The kubelets of a testbed are gone when it is over.
  const [scenario] = scenarios?.filter((one) => one.verdict === verdict) ?? [];
  const where = scenarios ? `testbed${scenario ? ` --scenario ${scenario.name}` : ""}` : `run --server ${target.server}`;
  const hosts = scenarios ? exampleHosts : hostsOf(target.server);
  return { again: `kubelet-conformance ${where} --focus ${id}`, requests: exchanges.flatMap((one) => requestLine(one, hosts) ?? []) };
}

/** A command line that sends the same request; undefined: the report does not hold all of it. */
export function requestLine({ request, response }: RecordedExchange, hosts: Hosts): string | undefined {
  const { method, target, headers, body, listener, client, raw } = request;
  // The record was cut here.
  if (body?.endsWith("…")) return undefined;
  if (raw) return body === undefined ? undefined : rawLine(body, hosts[listener]);
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) values.set(name, [...(values.get(name) ?? []), value]);
  const given = { method, target, headers: Object.fromEntries(values), listener, client, ...(body === undefined ? {} : { body }) };
  return curlLine(response?.httpVersion.startsWith("2") ? { ...given, protocol: "h2" } : given, hosts);
}

/** curl sends requests; these bytes need not be one. */
function rawLine(bytes: string, host: string): string {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  const place = url ? `${url.hostname} ${url.port || (url.protocol === "https:" ? "443" : "80")}` : "NODE 10250";
  const [name, port] = place.split(" ");
  const text = quote(bytes.replaceAll("%", "%%").replaceAll("\\", "\\\\"));
  const to = host.startsWith("https:")
    ? `openssl s_client -quiet -connect ${name}:${port} -cert client.pem -key client-key.pem`
    : `nc ${place}`;
  return `printf ${text} | ${to}`;
}

/** The other listeners are at their usual ports of the same host. */
function hostsOf(server: string): Hosts {
  if (!URL.canParse(server)) return exampleHosts;
  const { hostname } = new URL(server);
  return { main: server, "read-only": `http://${hostname}:10255`, healthz: `http://${hostname}:10248` };
}
