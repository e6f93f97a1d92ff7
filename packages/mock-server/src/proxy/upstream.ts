import { X509Certificate } from "node:crypto";
import { Agent as HttpAgent, type ClientRequest, request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { createSecureContext } from "node:tls";
import { ProxyError } from "./proxy-error.ts";

/** The kubelet behind the proxy, and what to say to it. */
export interface UpstreamOptions {
  /** `https://NODE:10250`; `http://NODE:10255` for a read-only port, which gets no credentials. */
  url: string;
  /** Sent with requests that bring no Authorization header. */
  token?: string;
  /** PEM texts. */
  clientCertificate?: { cert: string; key: string };
  /** PEM. Default: what the system trusts. */
  certificateAuthority?: string;
  insecureSkipTlsVerify?: boolean;
}

export interface Upstream {
  /** Without a slash at the end. */
  origin: string;
  host: string;
  /** Credentials that must not turn up anywhere. */
  secrets: readonly string[];
  /** Whether it is reached over TLS, so that credentials may be sent to it. */
  isSecure: boolean;
  token: string | undefined;
  /** Begins a request to this origin, and to no other. */
  open(method: string, target: string): ClientRequest;
  close(): void;
}

/** Throws a ProxyError for a URL that is none, credentials over plain HTTP, or a certificate that is none. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { token, clientCertificate, certificateAuthority, insecureSkipTlsVerify = false } = options;
  const url = readUrl(options.url);
  const isSecure = url.protocol === "https:";
  if (!isSecure && (token !== undefined || clientCertificate))
    throw new ProxyError(`credentials are not sent over plain HTTP; write https:// in --proxy ${url.origin}, or leave them out`);
  // A connection for each request: none is found dead, and each one's handshake is in its timings.
  const agent = isSecure ? new Agent({ keepAlive: false, ...tlsOptions() }) : new HttpAgent({ keepAlive: false });
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  // An IP address is no legal server name.
  const servername = /^[\d.]+$|:/.test(hostname) ? "" : hostname;

  function tlsOptions(): object {
    const identity = clientCertificate ? { cert: clientCertificate.cert, key: clientCertificate.key } : {};
    const trust = certificateAuthority === undefined ? {} : { ca: certificateAuthority };
    try {
      // Of authorities what is none would be passed over in silence.
      if (certificateAuthority !== undefined) void new X509Certificate(certificateAuthority);
      return { secureContext: createSecureContext({ ...identity, ...trust }), rejectUnauthorized: !insecureSkipTlsVerify };
    } catch (cause) {
      throw new ProxyError("a certificate for --proxy is no PEM, or does not go with its key; check the files", { cause });
    }
  }

  return {
    origin: url.origin,
    host: url.host,
    secrets: [token ?? "", clientCertificate?.key.trim() ?? ""].filter((secret) => secret !== ""),
    isSecure,
    token,
    open: (method, target) => {
      const where = { agent, host: hostname, port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port), method, path: target };
      return withinTime(isSecure ? httpsRequest({ ...where, servername }) : httpRequest(where), isSecure);
    },
    close: () => agent.destroy(),
  };
}

/** How long a connection may take; an answer may take for ever, as followed logs do. */
const connectSeconds = 10;

function withinTime(request: ClientRequest, isSecure: boolean): ClientRequest {
  const timer = setTimeout(
    () => request.destroy(new Error(`it took no connection within ${connectSeconds} seconds; check address and network`)),
    1000 * connectSeconds,
  );
  request.once("socket", (socket) => socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(timer)));
  request.once("close", () => clearTimeout(timer));
  return request;
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  // Who writes a password into it does not want it in a log.
  const shown = text.replace(/[^/]*@/, "[redacted]@").replace(/\?.*/, "?[redacted]");
  if (!url || !/^https?:$/.test(url.protocol)) throw new ProxyError(`--proxy "${shown}" is no URL of a kubelet; write https://NODE:10250`);
  if (url.username !== "" || url.password !== "")
    throw new ProxyError("--proxy takes no password in its URL; give credentials with --token-file");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw new ProxyError(`--proxy "${shown}" has a path; write ${url.origin}, all paths go there`);
  return url;
}
