import { createAuthority } from "@kubelet-conformance/control-plane/pki";

/** How a port is served: PEM texts; `false` for plain HTTP; undefined: a certificate of an authority made for this run. */
export type TlsOption = { cert: string; key: string } | false | undefined;

export interface ServingCertificate {
  /** Undefined for plain HTTP. */
  credentials: { cert: string; key: string } | undefined;
  /** What trusts the certificate, PEM; undefined with a certificate of the caller's and over plain HTTP. */
  ca: string | undefined;
}

/** The certificate of a port on this host. */
export async function servingCertificate(tls: TlsOption, host: string): Promise<ServingCertificate> {
  if (tls === false) return { credentials: undefined, ca: undefined };
  if (tls) return { credentials: tls, ca: undefined };
  const authority = await createAuthority({ commonName: "mock-kubelet-ca" });
  const names = [...new Set(["localhost", "127.0.0.1", "::1", host])];
  return { credentials: authority.issue({ commonName: "mock-kubelet", names, usage: "server" }), ca: authority.cert };
}

/** Where a port is reached, without a slash at the end. */
export function urlOf(scheme: "http" | "https", host: string, port: number): string {
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
