import type { OutgoingHttpHeaders } from "node:http";
import type { SecureContextOptions } from "node:tls";
import type { Access } from "./access.ts";

/** Who the client is to the server, at each request anew. */
export interface Identity {
  prove(): Promise<{ headers: OutgoingHttpHeaders; tls: Pick<SecureContextOptions, "cert" | "key"> }>;
  /** Takes everything secret that was ever sent out of a text. */
  redact: (text: string) => string;
}

/** What is shorter guards nothing, and stands in any text by chance. */
const shortestSecret = 6;

export function createIdentity({ credentials }: Access): Identity {
  const { basic, impersonation = {} } = credentials;
  const secrets = new Set<string>();
  return {
    async prove() {
      const { certificate: cert, key, token } = { ...credentials, ...(await credentials.renew?.()) };
      const password = basic && Buffer.from(`${basic.username}:${basic.password}`).toString("base64");
      for (const secret of [token, key?.trim(), basic?.password, password])
        if (secret !== undefined && secret.length >= shortestSecret) secrets.add(secret);
      const headers: OutgoingHttpHeaders = {};
      if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
      else if (password !== undefined) headers["authorization"] = `Basic ${password}`;
      for (const [name, value] of Object.entries(impersonation)) headers[name] = typeof value === "string" ? value : [...value];
      return { headers, tls: cert === undefined || key === undefined ? {} : { cert, key } };
    },
    redact: (text) => [...secrets].reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text),
  };
}
