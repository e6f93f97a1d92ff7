import { createRedactor } from "@kubelet-conformance/exchange";

/** What is a secret wherever it stands: bearer tokens, JSON Web Tokens, private keys. */
export const { text: maskText } = createRedactor();

const secretName = /auth|cookie|token|secret|password|passwd|api-?key|signature|credential/i;
const mask = "***";

/** Headers by name, with what is a secret masked: credentials, cookies, and tokens that browsers must hide in a subprotocol. */
export function maskHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] => {
      if (value === undefined) return [];
      if (name === "authorization") return [[name, `${/^(basic|bearer|negotiate|digest) /i.exec(value)?.[0] ?? ""}${mask}`]];
      if (secretName.test(name)) return [[name, mask]];
      const inProtocol = value.replaceAll(/(base64url\.bearer\.authorization\.k8s\.io\.)[\w=-]+/g, `$1${mask}`);
      // Pages are named in headers with their queries.
      return [[name, maskQuery(maskText(inProtocol))]];
    }),
  );
}

/** A query with the values of what is named like a secret masked; what cannot be decoded stays as it is. */
export function maskQuery(query: string): string {
  return query.replaceAll(/([?&;])([^=&;]*)=([^&;]*)/g, (whole, mark: string, name: string) =>
    secretName.test(decoded(name)) ? `${mark}${name}=${mask}` : whole,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
