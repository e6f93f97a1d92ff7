import type { X509Certificate } from "node:crypto";
import { untrusted } from "../target/unreachable.ts";
import { type Finding, finding, type FindingLevel, pages, type Step } from "./finding.ts";
import type { Handshake } from "./handshake.ts";

const day = 86_400_000;
/** Kubelets renew certificates well before the last tenth of their life. */
const soonMs = 7 * day;
const soonShare = 0.05;

export interface CertificateView extends Handshake {
  /** Whose certificate it has to be. */
  name: string;
  /** An authority was given. */
  authorityGiven: boolean;
  /** The client takes any certificate. */
  insecure: boolean;
  now: number;
}

/** What is wrong with a serving certificate, or that nothing is. */
export function ofCertificate(view: CertificateView): Finding[] {
  const found = [...datesOf(view), ...namesOf(view), ...authorityOf(view)];
  if (found.length > 0) return found;
  if (view.distrust !== undefined)
    return [finding(severity(view), "tls.handshake", `its certificate is not accepted: ${view.distrust}`, [anyway])];
  const until = new Date(view.certificate.validTo).toISOString().slice(0, 10);
  return [finding("ok", "tls.certificate", `its certificate is accepted, and valid until ${until}`)];
}

/** What keeps a careful client from going on; a careless one is warned. */
function severity({ insecure }: CertificateView): FindingLevel {
  return insecure ? "warning" : "to-do";
}

const anyway: Step = { text: "or go on without knowing who answers: --insecure-skip-tls-verify" };

function datesOf(view: CertificateView): Finding[] {
  const { certificate, now } = view;
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const left = to - now;
  if (left < 0)
    return [
      finding(severity(view), "tls.expired", `its certificate expired on ${new Date(to).toISOString()}`, [
        { text: "see which certificate the kubelet has, and renew it", link: pages.certificates },
        { text: "where it renews its own (serverTLSBootstrap), approve what it asks for", command: "kubectl get csr" },
      ]),
    ];
  if (from > now)
    return [
      finding(
        severity(view),
        "tls.not-yet-valid",
        `its certificate is not valid before ${new Date(from).toISOString()}; it is ${new Date(now).toISOString()} here`,
        [{ text: "compare the clocks here and where the certificate was made", command: "timedatectl" }],
      ),
    ];
  if (left > soonMs || left > soonShare * (to - from)) return [];
  const text = `its certificate expires on ${new Date(to).toISOString()} and was not renewed`;
  return [finding("soon", "tls.expires-soon", text, [{ text: "see whether its request for a new one waits", command: "kubectl get csr" }])];
}

function namesOf(view: CertificateView): Finding[] {
  const { certificate, wrongName, name } = view;
  if (!wrongName) return [];
  const names = (certificate.subjectAltName ?? "")
    .replaceAll("IP Address:", "IP:")
    .split(", ")
    .filter((known) => known !== "");
  const shown = names.length === 0 ? "no name at all" : names.slice(0, 8).join(", ");
  const first = names.find((known) => known.startsWith("DNS:"))?.slice(4);
  return [
    finding(severity(view), "tls.wrong-name", `its certificate is not for ${name}, but for ${shown}`, [
      { text: `use one of its names, or say which it has: --tls-server-name ${first ?? "NAME"}` },
      anyway,
    ]),
  ];
}

function authorityOf(view: CertificateView): Finding[] {
  const { certificate, distrust, authorityGiven } = view;
  if (distrust === undefined || !untrusted.has(distrust)) return [];
  const issuer = nameIn(certificate.issuer) ?? "an authority without a name";
  if (isOwn(certificate))
    return [
      finding(
        severity(view),
        "tls.self-signed",
        `the kubelet made its certificate itself (${issuer}): no client can know that it is the node's`,
        [
          { text: "serverTLSBootstrap: true in its configuration has the cluster sign one", link: pages.servingCertificates },
          { text: "approve what it then asks for", command: "kubectl get csr; kubectl certificate approve NAME" },
          anyway,
        ],
      ),
    ];
  const signer = authorityGiven ? "the given certificate authority" : "an authority that this machine knows";
  return [
    finding(severity(view), "tls.unknown-authority", `its certificate comes from "${issuer}", not from ${signer}`, [
      { text: "give that authority's certificate: --certificate-authority FILE (with kubeadm, the cluster's: /etc/kubernetes/pki/ca.crt)" },
      anyway,
    ]),
  ];
}

/** As a kubelet without a certificate names its own: `node@1764000000`, from `node-ca@1764000000`. */
function isOwn({ subject, issuer }: X509Certificate): boolean {
  const host = nameIn(subject)?.replace(/@\d+$/, "");
  return host !== undefined && nameIn(issuer)?.replace(/@\d+$/, "") === `${host}-ca`;
}

function nameIn(names: string | undefined): string | undefined {
  return /^CN=(.*)$/m.exec(names ?? "")?.[1];
}
