import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostName } from "../host-name.ts";

/**
 * Why a request may not reach the admin pages, or undefined when it may. Any page that a browser shows can send requests here. So: the name it was sent to must be one that
 * nobody else can point here (DNS rebinding), no answer ever carries CORS headers, and what changes something is either a method that browsers ask
 * about first, which is never granted, or a form of our own page.
 */
export function refusedAdmin(
  { method = "GET", headers }: IncomingMessage,
  { scheme, host }: { scheme: string; host: string },
): string | undefined {
  const name = hostName(headers.host);
  // Names without a dot are the machine's own network's, as those of containers are.
  const isOurs = name !== undefined && (!name.includes(".") || name.endsWith(".localhost") || name === host || isIP(name) !== 0);
  if (!isOurs) return `the host "${headers.host ?? ""}" is not this mock's; call it by its address, or by a name without dots`;
  if (method === "GET" || method === "HEAD") return undefined;
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  const isOwn = origin === `${scheme}://${headers.host}`;
  if ((origin !== undefined && !isOwn) || (site !== undefined && site !== "same-origin" && site !== "none"))
    return `pages of ${origin ?? "other sites"} may not change this mock`;
  if (method === "POST" && !isOwn)
    return "only the page at /_mock/ sends forms; programs use PUT /_mock/scenario and DELETE /_mock/requests";
  return undefined;
}
