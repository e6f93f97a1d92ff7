import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls, { type TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { createAuthority, createSelfSigned, writePem, type Credentials } from "./index.ts";

/** Both sides of one TLS handshake, as the server sees the client and the other way round. */
async function handshake(server: Credentials, client: Credentials, ca: string) {
  const listener = tls.createServer({
    ...server,
    ca,
    requestCert: true,
    rejectUnauthorized: false,
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  const { port } = listener.address() as AddressInfo; // A listening TCP server has an AddressInfo.
  const accepted = once(listener, "secureConnection");
  const socket = tls.connect({ port, host: "127.0.0.1", ca, ...client });
  await once(socket, "secureConnect");
  // The event's only argument is the connection.
  const [peer] = (await accepted) as [TLSSocket];
  const seen = {
    authorized: peer.authorized,
    reason: peer.authorizationError,
    subject: peer.getPeerCertificate().subject,
  };
  socket.destroy();
  peer.destroy();
  listener.close();
  return seen;
}

test("an authority's server and client certificates verify on both sides of a connection", async () => {
  const authority = await createAuthority({ commonName: "test-ca" });
  const server = authority.issue({
    commonName: "node-1",
    names: ["node-1", "127.0.0.1", "::1", "2001:DB8::7:1", "::ffff:192.0.2.1"],
    usage: "server",
  });
  const client = authority.issue({
    commonName: "admin",
    organizations: ["system:masters", "ops"],
    usage: "client",
  });
  const seen = await handshake(server, client, authority.cert);
  expect(seen).toMatchObject({
    authorized: true,
    subject: { CN: "admin", O: ["system:masters", "ops"] },
  });
  const certificate = new X509Certificate(server.cert);
  expect(certificate.checkHost("node-1")).toBe("node-1");
  for (const address of ["127.0.0.1", "::1", "2001:db8::7:1", "::ffff:192.0.2.1"]) expect(certificate.checkIP(address)).toBe(address);
  expect(certificate.subjectAltName?.split(", ")).toHaveLength(5);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
});

test("an expired certificate is seen as expired, one of a stranger as unknown", async () => {
  const authority = await createAuthority({ commonName: "test-ca" });
  const server = authority.issue({ commonName: "node-1", names: ["127.0.0.1"], usage: "server" });
  const expired = authority.issue({
    commonName: "late",
    usage: "client",
    notAfter: new Date(Date.now() - 60_000),
  });
  expect(await handshake(server, expired, authority.cert)).toMatchObject({
    authorized: false,
    reason: "CERT_HAS_EXPIRED",
  });
  const stranger = await createSelfSigned({ commonName: "stranger", usage: "client" });
  expect((await handshake(server, stranger, authority.cert)).authorized).toBe(false);
});

test("a self-signed certificate verifies against itself and keys differ", async () => {
  const one = await createSelfSigned({ commonName: "node-1", names: ["node-1"], usage: "server" });
  const two = await createSelfSigned({ commonName: "node-1", names: ["node-1"], usage: "server" });
  const certificate = new X509Certificate(one.cert);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(two.key).not.toBe(one.key);
});

test("writePem leaves one private file, or none", async () => {
  const directory = await mkdtemp(join(tmpdir(), "pki-"));
  try {
    const path = join(directory, "ca.crt");
    await writePem(path, "one\n");
    await writePem(path, "two\n");
    expect(await readFile(path, "utf8")).toBe("two\n");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(writePem(join(directory, "absent", "x"), "x")).rejects.toThrow("ENOENT");
    expect(await readdir(directory)).toEqual(["ca.crt"]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
