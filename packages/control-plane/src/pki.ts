import { createKeys, signCertificate, type KeyPair, type Signer } from "./certificate.ts";

/** A certificate and its private key, both PEM. The key exists in memory only, until someone writes it. */
export interface Credentials {
  cert: string;
  key: string;
}

export interface IssueOptions {
  /** The user's name in Kubernetes; the host's in a serving certificate. */
  commonName: string;
  /** The user's groups, e.g. `system:masters`. Default none. */
  organizations?: readonly string[];
  /** DNS names and IP addresses for the subject's alternative names. Default none. */
  names?: readonly string[];
  usage: "server" | "client";
  /** Default one hour ago, so that a clock a little behind accepts it. */
  notBefore?: Date;
  /** Default one year from now; a past date makes an expired certificate. */
  notAfter?: Date;
}

/** A certificate authority of its own, for one run. */
export interface Authority {
  /** The authority's certificate, PEM: what trusts everything that it issued. */
  readonly cert: string;
  /** A certificate with a fresh P-256 key, signed by this authority. */
  issue(options: IssueOptions): Credentials;
}

export interface AuthorityOptions {
  commonName: string;
  /** Default 365. */
  days?: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Creates an authority whose key never leaves this process. */
export async function createAuthority({ commonName, days = 365 }: AuthorityOptions): Promise<Authority> {
  const signer: Signer = { subject: { commonName }, keys: createKeys() };
  const lifetime = {
    notBefore: new Date(Date.now() - hour),
    notAfter: new Date(Date.now() + days * day),
  };
  const cert = signCertificate({ subject: signer.subject, usage: "authority", names: [], ...lifetime }, signer.keys, signer);
  return { cert, issue: (options) => issue(options, createKeys(), signer) };
}

/** A certificate that signs itself, as a kubelet makes one when it was given none. */
export async function createSelfSigned(options: IssueOptions): Promise<Credentials> {
  const keys = createKeys();
  return issue(options, keys, { subject: subjectOf(options), keys });
}

function issue(options: IssueOptions, keys: KeyPair, signer: Signer): Credentials {
  const { names = [], usage } = options;
  const notBefore = options.notBefore ?? new Date(Math.min(Date.now(), options.notAfter?.getTime() ?? Infinity) - hour);
  const notAfter = options.notAfter ?? new Date(Date.now() + 365 * day);
  const cert = signCertificate({ subject: subjectOf(options), usage, names, notBefore, notAfter }, keys, signer);
  return { cert, key: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function subjectOf({ commonName, organizations = [] }: IssueOptions) {
  return { commonName, organizations };
}
