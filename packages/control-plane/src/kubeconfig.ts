import type { Credentials } from "./pki.ts";

export interface KubeconfigFields {
  server: string;
  /** PEM. */
  authority: string;
  user: string;
  credentials: Credentials;
}

/** A kubeconfig with everything embedded; JSON, which is YAML. */
export function kubeconfig({ server, authority, user, credentials }: KubeconfigFields): string {
  const base64 = (pem: string) => Buffer.from(pem).toString("base64");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "control-plane", cluster: { server, "certificate-authority-data": base64(authority) } }],
    users: [
      {
        name: user,
        user: { "client-certificate-data": base64(credentials.cert), "client-key-data": base64(credentials.key) },
      },
    ],
    contexts: [{ name: "default", context: { cluster: "control-plane", user } }],
    "current-context": "default",
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
