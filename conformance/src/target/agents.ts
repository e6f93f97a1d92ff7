import type { Agent } from "node:http";
import https from "node:https";
import tls from "node:tls";
import { http } from "./node-http.ts";
import { connectTls } from "./tls-sessions.ts";
import type { TransportOptions } from "./transport.ts";
import type { WireClient } from "./wire.ts";

/** The connections of one transport: one agent per identity, since a connection carries its certificate. */
export interface AgentPool {
  agent: (base: URL, client: WireClient) => Agent;
  /** Opens a connection for each request and closes it afterwards. */
  single: (base: URL, client: WireClient) => Agent;
  /** Everything that a TLS connection of one identity needs. */
  tls: (client: WireClient) => tls.ConnectionOptions;
  close: () => void;
}

export function agentPool(options: TransportOptions): AgentPool {
  const agents = new Map<string, Agent>();
  const settings = new Map<string, tls.ConnectionOptions>();
  /** Parsing the certificates is most of what a connection costs. */
  const tlsOf = (client: WireClient): tls.ConnectionOptions => {
    const key = client.certificate?.cert ?? "";
    const known = settings.get(key) ?? tlsOptions(options, client);
    settings.set(key, known);
    return known;
  };
  const agentOf = (base: URL, client: WireClient, keepAlive: boolean): Agent => {
    const key = `${keepAlive} ${base.protocol} ${client.certificate?.cert ?? ""}`;
    const agent = agents.get(key) ?? (base.protocol === "https:" ? tlsAgent(tlsOf(client), keepAlive) : new http.Agent({ keepAlive }));
    agents.set(key, agent);
    return agent;
  };
  return {
    agent: (base, client) => agentOf(base, client, true),
    single: (base, client) => agentOf(base, client, false),
    tls: tlsOf,
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** An agent's own memory for sessions serves no other agent, and not what needs a connection of its own. */
function tlsAgent(settings: tls.ConnectionOptions, keepAlive: boolean): Agent {
  const agent = new https.Agent({ keepAlive, maxCachedSessions: 0 });
  agent.createConnection = (place) => connectTls(settings, { host: String(place.host), port: Number(place.port) });
  return agent;
}

function tlsOptions({ tls: settings = {}, server }: TransportOptions, client: WireClient): tls.ConnectionOptions {
  const host = new URL(server).hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    secureContext: contextOf(settings, client),
    rejectUnauthorized: settings.insecure !== true,
    // An IP address is no legal server name; Node.js would warn and send it.
    servername: settings.servername ?? (/^[\d.]+$|:/.test(host) ? "" : host),
  };
}

/**
 * The key exchange to begin with: against a kubelet that is there to be tested nobody stores traffic to break it in years, and what OpenSSL 3.5 begins with
 * takes a quarter more time. All others are offered, too.
 */
const [major = 0, minor = 0] = process.versions.openssl.split(".").map(Number);
const ecdhCurve = major > 3 || (major === 3 && minor >= 5) ? { ecdhCurve: "X25519:P-256:P-384:P-521:X25519MLKEM768" } : {};

/** Parsed certificates, which many targets may have in common. */
export type SecureContexts = Map<string, tls.SecureContext>;

function contextOf({ ca, contexts }: NonNullable<TransportOptions["tls"]>, { certificate }: WireClient): tls.SecureContext {
  const key = JSON.stringify([ca, certificate?.cert]);
  const context = contexts?.get(key) ?? tls.createSecureContext({ ...(ca === undefined ? {} : { ca }), ...certificate, ...ecdhCurve });
  contexts?.set(key, context);
  return context;
}
