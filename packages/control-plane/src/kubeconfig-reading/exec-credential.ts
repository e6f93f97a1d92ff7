import { X509Certificate } from "node:crypto";
import type { ApiCredentials } from "../api-server-access.ts";
import { section } from "./merge.ts";

export interface ExecCredential {
  credentials: ApiCredentials;
  /** Milliseconds since the epoch; Infinity: never, as far as is known. */
  expires: number;
}

/** Reads what a plugin printed. Throws what `refuse` makes of the reason, which never holds any of it. */
export function parseExecCredential(output: string, version: string, refuse: (reason: string) => Error): ExecCredential {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    throw refuse("printed no ExecCredential: what it printed is not JSON; run it by hand to see what it prints");
  }
  const { kind, apiVersion, status } = section(value);
  if (kind !== "ExecCredential") throw refuse("printed no ExecCredential but something else; run it by hand to see what it prints");
  if (apiVersion !== version) throw refuse(`printed an ExecCredential of another version than ${version}; correct exec.apiVersion`);
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = section(status);
  const [hasToken, hasCertificate, hasKey] = [token, certificate, key].map((part) => typeof part === "string" && part !== "");
  if (hasCertificate !== hasKey) throw refuse("printed a certificate without its key, or a key without its certificate");
  if (!hasToken && !hasCertificate)
    throw refuse("printed an ExecCredential without a token and without a certificate; log in with it first");
  const expires = expirationTimestamp === undefined || expirationTimestamp === null ? Infinity : timeOf(expirationTimestamp);
  if (Number.isNaN(expires)) throw refuse("printed an ExecCredential whose expirationTimestamp is no time");
  return {
    credentials: {
      ...(typeof token === "string" && hasToken ? { token: token.trim() } : {}),
      ...(typeof certificate === "string" && typeof key === "string" && hasKey ? { certificate, key } : {}),
    },
    expires: typeof certificate === "string" && hasCertificate ? Math.min(expires, certificateExpiry(certificate, refuse)) : expires,
  };
}

function timeOf(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function certificateExpiry(certificate: string, refuse: (reason: string) => Error): number {
  try {
    return Date.parse(new X509Certificate(certificate).validTo);
  } catch {
    throw refuse("printed a client certificate that is not one in PEM form");
  }
}
