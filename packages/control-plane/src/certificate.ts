import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isIP } from "node:net";
import * as der from "./der.ts";

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

const oid = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuthentication: "1.3.6.1.5.5.7.3.1",
  clientAuthentication: "1.3.6.1.5.5.7.3.2",
} as const;

/** A fresh P-256 key pair. */
export function createKeys(): KeyPair {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

/** The PEM of an X.509 v3 certificate for `keys`, signed by `signer`. */
export function signCertificate(fields: CertificateFields, keys: KeyPair, signer: Signer): string {
  const algorithm = der.sequence(der.identifier(oid.ecdsaWithSha256));
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.of(2))),
    der.integer(serialNumber()),
    algorithm,
    distinguishedName(signer.subject),
    der.sequence(der.time(fields.notBefore), der.time(fields.notAfter)),
    distinguishedName(fields.subject),
    publicKeyInfo(keys),
    der.tagged(3, der.sequence(...extensions(fields, keyId(keys), keyId(signer.keys)))),
  );
  const signature = sign("sha256", body, signer.keys.privateKey);
  const base64 = der.sequence(body, algorithm, der.bits(signature)).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
}

function extensions({ usage, names }: CertificateFields, subjectKey: Buffer, issuerKey: Buffer): Buffer[] {
  const isAuthority = usage === "authority";
  // Bits from the left: 0 is digitalSignature, 5 keyCertSign, 6 cRLSign.
  const allowed = isAuthority ? der.bits(Buffer.of(0b1000_0110), 1) : der.bits(Buffer.of(0b1000_0000), 7);
  const list = [
    extension(oid.basicConstraints, isAuthority ? der.sequence(der.truth()) : der.sequence(), true),
    extension(oid.keyUsage, allowed, true),
    extension(oid.subjectKeyIdentifier, der.octets(subjectKey)),
    extension(oid.authorityKeyIdentifier, der.sequence(der.implicit(0, issuerKey))),
  ];
  if (!isAuthority) {
    const purpose = usage === "server" ? oid.serverAuthentication : oid.clientAuthentication;
    list.push(extension(oid.extendedKeyUsage, der.sequence(der.identifier(purpose))));
  }
  if (names.length > 0) list.push(extension(oid.subjectAlternativeName, der.sequence(...names.map(alternativeName))));
  return list;
}

function extension(id: string, content: Buffer, critical = false): Buffer {
  return der.sequence(der.identifier(id), ...(critical ? [der.truth()] : []), der.octets(content));
}

/** GeneralName: 2 is a DNS name, 7 the bytes of an IP address. */
function alternativeName(name: string): Buffer {
  return isIP(name) ? der.implicit(7, addressBytes(name)) : der.implicit(2, Buffer.from(name));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  // URL writes IPv6 in hexadecimal alone, whatever way it came.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, "")}]`);
  const [left = "", right] = hostname.slice(1, -1).split("::");
  const groups = (part: string | undefined): string[] => (part ? part.split(":") : []);
  const zeros = right === undefined ? 0 : 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array<string>(zeros).fill("0"), ...groups(right)];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function distinguishedName({ commonName, organizations = [] }: Subject): Buffer {
  const part = (type: string, text: string): Buffer => der.set(der.sequence(der.identifier(type), der.text(text)));
  return der.sequence(...organizations.map((name) => part(oid.organization, name)), part(oid.commonName, commonName));
}

function publicKeyInfo({ publicKey }: KeyPair): Buffer {
  return publicKey.export({ type: "spki", format: "der" });
}

function keyId(keys: KeyPair): Buffer {
  return createHash("sha1").update(publicKeyInfo(keys)).digest();
}

function serialNumber(): Buffer {
  const random = randomBytes(16);
  // Positive and without a leading zero byte, as DER wants integers.
  random[0] = (random.readUInt8(0) & 0x7f) | 0x40;
  return random;
}
