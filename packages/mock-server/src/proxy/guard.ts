import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostName } from "../host-name.ts";

/** Who may use the proxy beside programs: pages that it serves itself, and those of these origins. */
export interface Guard {
  scheme: "http" | "https";
  /** The name it listens on. */
  host: string;
  allowedOrigins: readonly string[];
}

/**
 * Why a request is not let through, or undefined when it is. Behind the proxy are a node's credentials, and any page that a browser shows can send requests
 * here. So: the name it was sent to must be one that nobody else can point here (DNS rebinding), and a page's origin must have been allowed.
 */
export function refusal({ headers }: IncomingMessage, { scheme, host, allowedOrigins }: Guard): string | undefined {
  const name = hostName(headers.host);
  const isOurs = name === "localhost" || name?.endsWith(".localhost") || name === host || isIP(name ?? "") !== 0;
  if (!isOurs) return `the host "${headers.host ?? ""}" is not this proxy's; call it by its address`;
  const { origin } = headers;
  if (origin !== undefined) {
    if (allowedOrigins.includes(origin) || origin === `${scheme}://${headers.host}`) return undefined;
    return `pages of ${origin} may not reach the kubelet; start with --allow-origin ${origin} if they may`;
  }
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none" ? undefined : "pages of other sites may not reach the kubelet";
}
