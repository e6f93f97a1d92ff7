/** PEM text, or the bytes of a PEM file. */
export type Pem = string | Uint8Array;

/** A kubelet that is asked directly. */
export interface DirectOptions {
  /** The kubelet's URL, e.g. `https://10.0.0.7:10250`. `http://` (the read-only port) is taken without credentials only. */
  server: string;
}

/** A kubelet that is asked through the node proxy of an API server, whose URL is given. */
export interface NodeProxyOptions {
  /** The API server's URL, e.g. `https://10.0.0.1:6443`; in a pod `https://kubernetes.default.svc`. */
  apiServer: string;
  /** The node's name; `NAME:PORT` means another port of it. */
  node: string;
}

/** The same with API server and user of a kubeconfig; every way to log in but `auth-provider`, and no `proxy-url`. */
export interface KubeconfigOptions {
  /** Path of a kubeconfig, or of several, merged as kubectl merges them. */
  kubeconfig: string | readonly string[];
  /** Default: the current context. */
  context?: string;
  node: string;
}

/** How to know the server, and who the client is to it. A kubeconfig has all of it. */
export interface CredentialOptions {
  /** What the server's certificate must come from. Default: the authorities that Node.js knows, which sign no kubelet. */
  ca?: Pem;
  /** Takes any certificate: whoever answers gets the credentials. Default false. */
  insecureSkipTlsVerify?: boolean;
  /** The name in the server's certificate where it is not the URL's, e.g. the node's name. */
  tlsServerName?: string;
  /** Client certificate and its key; give both. */
  clientCertificate?: Pem;
  clientKey?: Pem;
  /** Bearer token. */
  token?: string;
  /** File with a bearer token, read again for every request, so that one that is rotated counts at once; what cannot be read leaves the last one. */
  tokenFile?: string;
}

/** What holds for every way to a kubelet. */
export interface CommonOptions {
  /**
   * Milliseconds that may pass until an answer begins, and between two parts of its body. Default 30 000; 0: any time. Followed logs and streams may be
   * silent for any time once they have begun. Calls can say otherwise.
   */
  timeoutMs?: number;
  /** Default `kubelet-conformance-client`. */
  userAgent?: string;
  /** Ends every call and stream of the client. */
  signal?: AbortSignal;
}

export type KubeletClientOptions = CommonOptions &
  ((DirectOptions & CredentialOptions) | (NodeProxyOptions & CredentialOptions) | KubeconfigOptions);
