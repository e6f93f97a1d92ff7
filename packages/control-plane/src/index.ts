/** What a kubelet needs of a control plane; for now, certificates. */
export { createAuthority, createSelfSigned } from "./pki.ts";
export type { Authority, AuthorityOptions, Credentials, IssueOptions } from "./pki.ts";
export { writePem } from "./write-pem.ts";
