import { type FleetOptions, type RunningFleet, startFleet } from "@kubelet-conformance/reference-server";
import type { scratch } from "./cli.support.ts";

export interface TestFleet {
  fleet: RunningFleet;
  /** A file of their URLs. */
  servers: string;
  /** Flags that make an administrator of whoever asks. */
  access: string[];
}

/** Starts reference kubelets; stop them when the tests are over. */
export async function testFleet(files: Awaited<ReturnType<typeof scratch>>, options: FleetOptions): Promise<TestFleet> {
  const fleet = await startFleet(options);
  await fleet.settled;
  const { cert, key } = fleet.adminCredentials;
  const [ca, certFile, keyFile] = [
    await files.file("fleet-ca.pem", fleet.caCertificate),
    await files.file("fleet.pem", cert),
    await files.file("fleet-key.pem", key),
  ];
  return {
    fleet,
    servers: await files.file("servers", `# a fleet\n\n${fleet.kubelets.map(({ urls }) => urls.main).join("\n")}\n`),
    access: ["--certificate-authority", ca, "--client-certificate", certFile, "--client-key", keyFile],
  };
}
