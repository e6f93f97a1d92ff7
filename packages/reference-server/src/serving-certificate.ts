import { type Authority, createAuthority, writePem } from "@kubelet-conformance/control-plane";
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import type { EffectiveConfiguration } from "./configuration/effective.ts";
import { FileError } from "./file-error.ts";
import { makeDirectory } from "./make-directory.ts";

export interface ServingCertificate {
  cert: string;
  key: string;
  /** What a client trusts to verify it. */
  ca: string;
}

/**
 * The certificate that the main listener shows: the configured one, else the one in the certificate directory, else a new one,
 * of this authority or one of its own, which is written there as kubelet.crt and kubelet.key. Throws FileError.
 */
export async function servingCertificate(
  { tlsCertFile, tlsPrivateKeyFile, address }: EffectiveConfiguration,
  nodeName: string,
  directory: string,
  given?: Authority,
): Promise<ServingCertificate> {
  if (tlsCertFile !== undefined && tlsPrivateKeyFile !== undefined) {
    const cert = await readCertificates(tlsCertFile, "tlsCertFile");
    const key = await readPem(tlsPrivateKeyFile, "tlsPrivateKeyFile");
    checkPair(cert, key, tlsPrivateKeyFile, "tlsPrivateKeyFile is not the key of the certificate in tlsCertFile");
    return { cert, key, ca: cert };
  }
  const certPath = join(directory, "kubelet.crt");
  const keyPath = join(directory, "kubelet.key");
  const kept = await Promise.all([certPath, keyPath].map((path) => readFile(path, "utf8").catch(() => undefined)));
  const [cert, key] = kept;
  if (cert !== undefined && key !== undefined) {
    checkPair(cert, key, certPath, "does not go with kubelet.key beside it; remove both to have new ones made");
    return { cert, key, ca: lastCertificate(cert) };
  }
  const authority = given ?? (await createAuthority({ commonName: `${nodeName}-ca` }));
  const names = new Set([nodeName, "localhost", "127.0.0.1", "::1", ...(isIP(address) && address !== "0.0.0.0" ? [address] : [])]);
  const own = authority.issue({ commonName: nodeName, names: [...names], usage: "server" });
  // The leaf first, then the authority that signed it, as the kubelet writes its own.
  const chain = own.cert + authority.cert;
  await makeDirectory(directory, "--cert-dir");
  try {
    await writePem(certPath, chain);
    await writePem(keyPath, own.key);
  } catch (cause) {
    throw new FileError(directory, undefined, "the kubelet's certificate cannot be written there; give another directory with --cert-dir", {
      cause,
    });
  }
  return { cert: chain, key: own.key, ca: authority.cert };
}

/** Reads a file of PEM certificates and makes sure that there is one. Throws FileError. */
export async function readCertificates(path: string, setting: string): Promise<string> {
  const pem = await readPem(path, setting);
  try {
    // It reads the first certificate of the file only.
    void new X509Certificate(pem);
  } catch (cause) {
    throw new FileError(path, undefined, `${setting} holds no PEM certificate`, { cause });
  }
  return pem;
}

function checkPair(cert: string, key: string, path: string, reason: string): void {
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    throw new FileError(path, undefined, reason, { cause });
  }
}

async function readPem(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new FileError(path, undefined, `${setting} cannot be read`, { cause });
  }
}

function lastCertificate(chain: string): string {
  return chain.slice(Math.max(0, chain.lastIndexOf("-----BEGIN CERTIFICATE-----")));
}
