import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { UsageError, whyUnreadable } from "../errors.ts";
import type { WireClient } from "./wire.ts";

/** The identity that a user gives, as flags say it. */
export interface CredentialOptions {
  token?: string | undefined;
  tokenFile?: string | undefined;
  clientCertificate?: string | undefined;
  clientKey?: string | undefined;
}

/** Loads the identity; undefined when none was given. Throws a UsageError that names the file and the fix. */
export async function loadCredentials(options: CredentialOptions): Promise<WireClient | undefined> {
  const { token, tokenFile, clientCertificate, clientKey } = options;
  if (token !== undefined && tokenFile !== undefined)
    throw new UsageError("credentials-conflict", "--token and --token-file are two sources for one token; give one of them");
  if ((clientCertificate === undefined) !== (clientKey === undefined)) {
    const missing = clientKey === undefined ? "--client-key FILE" : "--client-certificate FILE";
    throw new UsageError("credentials-incomplete", `a client certificate and its key come together; add ${missing}`);
  }
  const bearer = tokenFile === undefined ? checkedToken(token, "--token") : await readToken(tokenFile);
  const certificate = clientCertificate === undefined || clientKey === undefined ? undefined : await readPair(clientCertificate, clientKey);
  if (bearer === undefined && certificate === undefined) return undefined;
  return {
    name: "credentials",
    ...certificate,
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  };
}

/** Reads a token file. Throws a UsageError when it cannot be read, is empty or holds more than a token. */
export async function readToken(file: string): Promise<string> {
  const token = (await readText(file, "token file")).trim();
  if (token === "")
    throw new UsageError("token-empty", `token file ${file} is empty; write the token into it, e.g. kubectl create token NAME > ${file}`);
  return checkedToken(token, `token file ${file}`);
}

function checkedToken<T extends string | undefined>(token: T, origin: string): T {
  if (token !== undefined && /[^\u0021-\u007e]/.test(token))
    throw new UsageError("token-malformed", `${origin} holds more than one token: a token is one line without blanks`);
  return token;
}

/** Reads the certificates that the server's own must come from. */
export async function readAuthority(file: string): Promise<string> {
  const text = await readText(file, "certificate authority");
  parseCertificate(text, file, "certificate authority");
  return text;
}

async function readPair(certificateFile: string, keyFile: string): Promise<Pick<WireClient, "certificate" | "user">> {
  const cert = await readText(certificateFile, "client certificate");
  const key = await readText(keyFile, "client key");
  const certificate = parseCertificate(cert, certificateFile, "client certificate");
  const privateKey = attempt(
    () => createPrivateKey(key),
    (cause) =>
      new UsageError("key-malformed", `client key ${keyFile} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)`, { cause }),
  );
  if (!certificate.checkPrivateKey(privateKey))
    throw new UsageError(
      "key-mismatch",
      `client key ${keyFile} does not belong to certificate ${certificateFile}; give the two that were issued together`,
    );
  if (Date.parse(certificate.validTo) < Date.now())
    throw new UsageError("certificate-expired", `client certificate ${certificateFile} expired on ${certificate.validTo}; get a new one`);
  const user = /^CN=(.*)$/m.exec(certificate.subject)?.[1];
  return { certificate: { cert, key }, ...(user === undefined ? {} : { user }) };
}

function parseCertificate(text: string, file: string, what: string): X509Certificate {
  return attempt(
    () => new X509Certificate(text),
    (cause) =>
      new UsageError("certificate-malformed", `${what} ${file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)`, { cause }),
  );
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UsageError("file-unreadable", `${what} ${file} cannot be read: ${whyUnreadable(cause)}`, { cause });
  }
}

function attempt<T>(action: () => T, failure: (cause: unknown) => Error): T {
  try {
    return action();
  } catch (cause) {
    throw failure(cause);
  }
}
