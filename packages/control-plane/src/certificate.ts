import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
} from "@peculiar/asn1-x509";

/** Who a certificate speaks for, in the terms of Kubernetes: CN is the user, each O a group. */
export interface Subject {
  commonName: string;
  /** Default none. */
  organizations?: readonly string[];
}

export type CertificateUsage = "authority" | "server" | "client";

export interface CertificateFields {
  subject: Subject;
  usage: CertificateUsage;
  /** DNS names and IP addresses, told apart by their form. */
  names: readonly string[];
  notBefore: Date;
  notAfter: Date;
}

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

export interface Signer {
  subject: Subject;
  keys: KeyPair;
}

const commonNameOid = "2.5.4.3";
const organizationOid = "2.5.4.10";
const ecdsaWithSha256Oid = "1.2.840.10045.4.3.2";

/** A fresh P-256 key pair. */
export function createKeys(): KeyPair {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

/** The PEM of an X.509 v3 certificate for `keys`, signed by `signer`. */
export function signCertificate(fields: CertificateFields, keys: KeyPair, signer: Signer): string {
  const algorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256Oid });
  const spki = keys.publicKey.export({ type: "spki", format: "der" });
  const body = new TBSCertificate({
    version: 2,
    serialNumber: serialNumber(),
    signature: algorithm,
    issuer: distinguishedName(signer.subject),
    validity: new Validity({
      notBefore: wholeSeconds(fields.notBefore),
      notAfter: wholeSeconds(fields.notAfter),
    }),
    subject: distinguishedName(fields.subject),
    subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
    extensions: extensions(fields, keyId(keys), keyId(signer.keys)),
  });
  const signature = sign("sha256", Buffer.from(AsnConvert.serialize(body)), signer.keys.privateKey);
  const certificate = new Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: bytes(signature),
  });
  const base64 = Buffer.from(AsnConvert.serialize(certificate)).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
}

function extensions({ usage, names }: CertificateFields, subjectKey: Buffer, issuerKey: Buffer): Extensions {
  const isAuthority = usage === "authority";
  const flags = isAuthority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature
    : KeyUsageFlags.digitalSignature;
  const list = [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: isAuthority }), true),
    extension(id_ce_keyUsage, new KeyUsage(flags), true),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(subjectKey)),
    extension(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(issuerKey) })),
  ];
  if (!isAuthority) {
    const purpose = usage === "server" ? id_kp_serverAuth : id_kp_clientAuth;
    list.push(extension(id_ce_extKeyUsage, new ExtendedKeyUsage([purpose])));
  }
  if (names.length > 0) {
    const alternatives = names.map((name) => new GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name }));
    list.push(extension(id_ce_subjectAltName, new SubjectAlternativeName(alternatives)));
  }
  return new Extensions(list);
}

function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({
    extnID,
    critical,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  });
}

function distinguishedName({ commonName, organizations = [] }: Subject): Name {
  const part = (type: string, text: string) =>
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) })]);
  return new Name([...organizations.map((name) => part(organizationOid, name)), part(commonNameOid, commonName)]);
}

function keyId({ publicKey }: KeyPair): Buffer {
  return createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
}

function serialNumber(): ArrayBuffer {
  const random = randomBytes(16);
  // Positive and without a leading zero byte, as DER wants integers.
  random[0] = (random.readUInt8(0) & 0x7f) | 0x40;
  return bytes(random);
}

/** The bytes in an ArrayBuffer of their own: Buffers share a pool. */
function bytes(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
