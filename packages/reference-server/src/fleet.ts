import { type Authority, createAuthority, type Credentials } from "@kubelet-conformance/control-plane";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startKubelet } from "./kubelet.ts";
import { nodeNameOf } from "./node-name.ts";
import type { KubeletOptions, RunningKubelet } from "./options.ts";

export interface FleetOptions {
  /** How many kubelets. */
  nodes: number;
  /** What each of them is; names, directories and ports are told apart by the node's number. */
  kubelet: KubeletOptions;
  /** What else is different for each. */
  forNode?: (nodeName: string) => Partial<KubeletOptions>;
}

/** The kubelets of a cluster's nodes, in one process. */
export interface RunningFleet {
  kubelets: readonly RunningKubelet[];
  /** What their serving certificates come from. */
  caCertificate: string;
  /** A client certificate of group system:masters that all of them accept, unless their configuration names another CA. */
  adminCredentials: Credentials;
  /** Fulfilled once the pods of all are as far as they get. */
  settled: Promise<void>;
  stop(): Promise<void>;
}

/** So many start, or end, at a time: most of it is waiting for files and sockets. */
const atATime = 8;

/** Starts kubelets that have one authority in common, as the nodes of a cluster have. Rejects as startKubelet does; then none runs. */
export async function startFleet({ nodes, kubelet, forNode = () => ({}) }: FleetOptions): Promise<RunningFleet> {
  const authority = await createAuthority({ commonName: "kubernetes" });
  const kubelets: RunningKubelet[] = [];
  const stop = (): Promise<void> => forEach(kubelets, (running) => running.stop());
  try {
    const started = await startAll(nodeNames(nodes, kubelet.hostnameOverride), kubelet, authority, forNode, kubelets);
    return {
      kubelets: started,
      caCertificate: authority.cert,
      adminCredentials: authority.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" }),
      settled: Promise.all(started.map(({ settled }) => settled)).then(() => {}),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `node-01` to `node-20`: in the order of their numbers, sorted by name, too. */
function nodeNames(nodes: number, given: string | undefined): string[] {
  const name = nodeNameOf(given);
  const digits = String(nodes).length;
  return Array.from({ length: nodes }, (_, index) => `${name}-${String(index + 1).padStart(digits, "0")}`);
}

async function startAll(
  names: readonly string[],
  shared: KubeletOptions,
  authority: Authority,
  forNode: NonNullable<FleetOptions["forNode"]>,
  running: RunningKubelet[],
): Promise<RunningKubelet[]> {
  const { ports = {}, rootDirectory, certDirectory, temporaryDirectory } = shared;
  if (temporaryDirectory !== undefined) await Promise.all(names.map((name) => mkdir(join(temporaryDirectory, name))));
  const started = new Map<string, RunningKubelet>();
  await forEach([...names.entries()], async ([index, name]) => {
    const kubelet = await startKubelet({
      ...shared,
      authority,
      hostnameOverride: name,
      ports: { ...ports, main: ports.main ? ports.main + index : 0, healthz: ports.healthz ? ports.healthz + index : 0 },
      ...(rootDirectory === undefined ? {} : { rootDirectory: join(rootDirectory, name) }),
      ...(certDirectory === undefined ? {} : { certDirectory: join(certDirectory, name) }),
      ...(temporaryDirectory === undefined ? {} : { temporaryDirectory: join(temporaryDirectory, name) }),
      ...forNode(name),
    });
    running.push(kubelet);
    started.set(name, kubelet);
  });
  return names.flatMap((name) => started.get(name) ?? []);
}

/** Does the work for a few at a time, for all that began before it throws. */
async function forEach<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); !next.done && failures.length === 0; next = rest.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  if (failures.length > 0) throw failures[0];
}
