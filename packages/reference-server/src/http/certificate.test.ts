import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory, testKubelet } from "../kubelet.test.support.ts";

/** An authority that may sign certificates and says so, made for this test alone: self-signed, valid for a hundred years. */
const cert = `-----BEGIN CERTIFICATE-----
MIIBoDCCAUWgAwIBAgIUDl++WvnakF/lwh/Nq8nA3tUMh9gwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRZml4dHVyZS1hdXRob3JpdHkwIBcNMjYxMTIxMTIzMDExWhgP
MjEyNjEwMjgxMjMwMTFaMBwxGjAYBgNVBAMMEWZpeHR1cmUtYXV0aG9yaXR5MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqgeZaAjYjXn+GyO1VN5FFUsrUWgI27tj
jzBEbYULjCSUTPRZnQbeNracuKCgJREv9A52MiwbFRwwFYRH4fYDeKNjMGEwHQYD
VR0OBBYEFMFh+RIZ074Wz4bqw4VNC0xQjbWbMB8GA1UdIwQYMBaAFMFh+RIZ074W
z4bqw4VNC0xQjbWbMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMAoG
CCqGSM49BAMCA0kAMEYCIQDaANFBvApgOndkp+4agfH7AX2SUpBtZJ/zlgjV0VC9
SAIhAJoQlbVYFW0PAvcRaA9z8Fy9uz1koPyKD/dMLY4vOiLP
-----END CERTIFICATE-----
`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7EOjiS6i5VMkso+2
2rJYAEOQtzeHkLohcd4MTMoNXgGhRANCAASqB5loCNiNef4bI7VU3kUVSytRaAjb
u2OPMERthQuMJJRM9FmdBt42tpy4oKAlES/0DnYyLBsVHDAVhEfh9gN4
-----END PRIVATE KEY-----
`;

test("a client may show an authority's certificate: only the extended key usage counts", async () => {
  const clientCAFile = join(await temporaryDirectory(), "ca.crt");
  await writeFile(clientCAFile, cert);
  const kubelet = await testKubelet({ configuration: { authentication: { x509: { clientCAFile } } } });
  const answer = await kubelet.raw("GET /healthz/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", { credentials: { cert, key } });
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  const server = kubelet.clients.issue({ commonName: "admin", names: ["localhost"], usage: "server" });
  const trusting = join(await temporaryDirectory(), "ca.crt");
  await writeFile(trusting, kubelet.clients.cert);
  const other = await testKubelet({ configuration: { authentication: { x509: { clientCAFile: trusting } } } });
  expect(await other.raw("GET /healthz/ping HTTP/1.0\r\n\r\n", { credentials: server })).toMatch(/^HTTP\/1\.0 401 /);
});
