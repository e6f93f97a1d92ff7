import { writePem } from "@kubelet-conformance/control-plane";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FileError } from "../file-error.ts";
import { type RunningFleet, startFleet } from "../fleet.ts";
import { streamLogger } from "../log.ts";
import type { KubeletOptions } from "../options.ts";

export interface ServeFleetOptions {
  nodes: number;
  kubelet: KubeletOptions;
  /** Of this process. */
  temporaryDirectory: string;
  serversFile: string | undefined;
  arguments: readonly string[];
  /** Fulfilled when they are to end. */
  until: Promise<unknown>;
}

/** Serves many nodes and says where, and how to test them. */
export async function serveFleet(options: ServeFleetOptions): Promise<void> {
  const { nodes, kubelet, temporaryDirectory, until } = options;
  const logger = streamLogger(process.stderr);
  const fleet = await startFleet({
    nodes,
    kubelet: { ...kubelet, temporaryDirectory },
    forNode: (name) => ({
      commandLine: ["reference-kubelet", ...options.arguments],
      // A thousand kubelets have too much to say; what went wrong is worth a line.
      logger: { info: () => {}, error: (message) => logger.error(`${name}: ${message}`) },
    }),
  });
  try {
    process.stdout.write(`${(await introduction(fleet, options)).join("\n")}\n`);
    await until;
  } finally {
    await fleet.stop();
  }
}

async function introduction(fleet: RunningFleet, { temporaryDirectory, serversFile, kubelet }: ServeFleetOptions): Promise<string[]> {
  const { kubelets, caCertificate, adminCredentials } = fleet;
  const [first, last] = [kubelets[0], kubelets.at(-1)];
  const directory = join(kubelet.certDirectory ?? temporaryDirectory, "fleet");
  const path = (name: string): string => join(directory, name);
  const servers = serversFile ?? path("servers");
  await mkdir(directory, { recursive: true });
  await writePem(path("ca.crt"), caCertificate);
  await writePem(path("client.crt"), adminCredentials.cert);
  await writePem(path("client.key"), adminCredentials.key);
  await writeFile(servers, kubelets.map(({ urls }) => `${urls.main}\n`).join("")).catch((cause: unknown) => {
    throw new FileError(servers, undefined, "cannot be written; give another file with --servers-file", { cause });
  });
  const access = `--certificate-authority ${path("ca.crt")} --client-certificate ${path("client.crt")} --client-key ${path("client.key")}`;
  return [
    `reference-kubelet ${first?.kubernetesVersion} of ${kubelets.length} nodes, ${first?.nodeName} to ${last?.nodeName}, serves at ${first?.urls.main} to ${last?.urls.main}`,
    `servers: ${servers}${serversFile === undefined ? " (removed on exit)" : ""}`,
    "",
    `kubelet-conformance run --servers-file ${servers} ${access}`,
  ];
}
