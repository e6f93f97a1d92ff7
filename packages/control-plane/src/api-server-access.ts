import { createPrivateKey, X509Certificate } from "node:crypto";

/** Where an API server is and who the reader is to it. A secret. */
export interface ApiServerAccess extends ApiCredentials {
  /** Base URL without a trailing slash. */
  server: string;
  /** PEM that the server's certificate must come from. Default: the system's authorities. */
  authority?: string;
  /** Takes any certificate of the server. */
  insecure?: true;
  /** The name in the server's certificate, where it is not the URL's. */
  serverName?: string;
  /** The name and password of basic authentication, which proxies in front of API servers ask for. */
  basic?: { username: string; password: string };
  /** Headers that make its user act as another. */
  impersonation?: Readonly<Record<string, string | readonly string[]>>;
  /** What to ask with from now on, where that changes: a token file is written anew, a plugin's credential expires. Throws KubeconfigError. */
  renew?: () => Promise<ApiCredentials>;
}

/** What proves who somebody is. */
export interface ApiCredentials {
  /** PEM. */
  certificate?: string;
  key?: string;
  token?: string;
}

/** What keeps credentials from being usable, named as the kubeconfig names them; undefined: nothing that can be seen from here. */
export function accessProblem({ authority, certificate, key, token }: ApiServerAccess): string | undefined {
  if (authority !== undefined && !certificateOf(authority)) return "certificate-authority holds no certificate (PEM); copy it again";
  if ((certificate === undefined) !== (key === undefined)) return "client-certificate and client-key go together; give both";
  if (certificate !== undefined && key !== undefined) {
    const [own, secret] = [certificateOf(certificate), keyOf(key)];
    if (!own) return "client-certificate holds no certificate (PEM); copy it again";
    if (!secret) return "client-key holds no private key (PEM without a passphrase); copy it again";
    if (!own.checkPrivateKey(secret)) return "client-key is not the key of client-certificate; give the two that belong together";
    if (own.validToDate.getTime() < Date.now()) return `client-certificate expired on ${own.validToDate.toISOString()}; get a new one`;
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) return "token is empty or has characters that no token has; copy it again";
  return undefined;
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function keyOf(pem: string): ReturnType<typeof createPrivateKey> | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
