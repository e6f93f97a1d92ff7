/** A request target without the scheme and host that clients name to their proxies; servers must understand that form, too (RFC 9112, 3.2.2). */
export function originForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*\/?/i, "/");
}
