/** The name or address in a Host header, without port and brackets; undefined: it has none. */
export function hostName(host: string | undefined): string | undefined {
  return URL.parse(`http://${host ?? ""}`)?.hostname.replaceAll(/[[\]]/g, "");
}
