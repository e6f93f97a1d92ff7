import { readFile } from "node:fs/promises";
import { loadCredentials } from "kubelet-conformance";
import { describeKubelet } from "kubelet-conformance/vitest";

/** One vitest test for each requirement of these profiles. */
const profiles = ["checkpoint", "core"];

// A function, so that a kubelet that this file starts in a beforeAll can be tested as well.
describeKubelet(
  "our kubelet",
  async () => ({
    server: process.env["KUBELET_SERVER"] ?? "https://127.0.0.1:10250",
    tls: { ca: await readFile(process.env["KUBELET_CA"] ?? "ca.pem", "utf8") },
    credentials: await loadCredentials({
      clientCertificate: process.env["KUBELET_CERTIFICATE"] ?? "admin.pem",
      clientKey: process.env["KUBELET_KEY"] ?? "admin-key.pem",
    }),
  }),
  { profiles },
);
