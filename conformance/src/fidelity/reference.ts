import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createAuthority, writePem, type Authority } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { startKubelet, type RunningKubelet } from "@kubelet-conformance/reference-server";
import { nodeClients } from "./clients.ts";
import { rulesOf, tokensOf } from "./matrix-users.ts";
import { recordedLogs, type LogTree } from "./recorded-logs.ts";
import type { StageRecording } from "./recording.ts";
import type { Endpoint } from "./replay.ts";
import { authorizationStage, commandLineOf, configurationOf, recordedNode, stages, type Stage } from "./stages.ts";
import type { Subject } from "./subject.ts";

/** The static pod of the recorded node. */
const manifest = new URL("../../recordings/counter.yaml", import.meta.url);

const placeNames = ["rootDirectory", "manifests", "certificates", "logs"] as const;

/** What lay in the recorded nodes' /var/log, besides the pods' logs, where no recorded answer tells. */
const usualLogs: LogTree = new Map([
  ...["apt/", "journal/", "lab/"].map((name) => [name, null] as const),
  ...["alternatives.log", "bootstrap.log", "dpkg.log"].map((name) => [name, ""] as const),
  ["lab-probe.txt", "hello from the node\n"],
]);

export interface ReferenceOptions {
  /** With patch, e.g. `v1.36.4`. */
  version: string;
  minor: string;
  stage: string;
  /** Whatever was recorded of the version, to learn from it what lay on the node. */
  recorded: readonly StageRecording[];
  /** The users of the authorization matrix: `X` stands for `u-X`, who holds all verbs on `nodes/X`. */
  users: readonly string[];
}

/** Starts the reference kubelet as the recorded one was, in a private directory, and waits until its pod is as far as the recorded one was. */
export async function startReference({ version, minor, stage, recorded, users }: ReferenceOptions): Promise<Subject> {
  const definition: Stage = stages[stage] ?? {};
  const authority = await createAuthority({ commonName: "lab-ca" });
  const directory = await mkdtemp(join(tmpdir(), "fidelity-"));
  const double = new RuntimeDouble({ checkpoint: definition.checkpoint ?? "ok" });
  let kubelet: RunningKubelet | undefined;
  const stop = async () => {
    await kubelet?.stop();
    await double.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const places = await prepare(directory, authority, recordedLogs(recorded, usualLogs));
    kubelet = await startKubelet({
      kubernetesVersion: version,
      configuration: configurationOf(definition, minor, places),
      ports: { main: 0, readOnly: 0, healthz: 0 },
      // The recorded node listened on every address; this one is nobody else's business.
      overrides: { address: "127.0.0.1" },
      rootDirectory: places.rootDirectory,
      systemLogsDirectory: places.logs,
      hostnameOverride: "lab-node",
      verbosity: 2,
      commandLine: commandLineOf(version),
      runtime: double.client(),
      ...(stage === authorizationStage ? { tokens: tokensOf(users), authorizationRules: rulesOf(users) } : {}),
    });
    await kubelet.settled;
    return {
      endpoints: {
        main: endpointOf(kubelet.urls.main, authority.cert),
        "read-only": endpointOf(kubelet.urls.readOnly),
        healthz: endpointOf(kubelet.urls.healthz),
      },
      clients: await nodeClients(authority),
      places: [...placeNames.map((name) => [places[name], recordedNode[name]] as const), ['"address":"127.0.0.1"', '"address":"0.0.0.0"']],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes certificates and the static pod, and says where everything is. */
async function prepare(directory: string, authority: Authority, logTree: LogTree): Promise<Record<keyof typeof recordedNode, string>> {
  const [rootDirectory, manifests, certificates] = [join(directory, "root"), join(directory, "manifests"), join(directory, "pki")];
  const logs = join(directory, "log");
  await Promise.all([rootDirectory, manifests, certificates, logs].map((path) => mkdir(path)));
  for (const [name, content] of logTree) {
    const path = join(logs, name);
    await mkdir(content === null ? path : dirname(path), { recursive: true });
    if (content !== null) await writeFile(path, content);
  }
  const server = authority.issue({
    commonName: "lab-node",
    names: ["localhost", "127.0.0.1"],
    usage: "server",
  });
  await copyFile(manifest, join(manifests, "counter.yaml"));
  await writePem(join(certificates, "ca.crt"), authority.cert);
  await writePem(join(certificates, "server.crt"), server.cert);
  await writePem(join(certificates, "server.key"), server.key);
  return { rootDirectory, manifests, certificates, logs };
}

function endpointOf(url: string | undefined, ca?: string): Endpoint | undefined {
  if (url === undefined) return undefined;
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: Number(port), tls: protocol === "https:" ? { ca } : undefined };
}
