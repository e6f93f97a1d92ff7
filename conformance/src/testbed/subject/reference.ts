import { join } from "node:path";
import type { ControlPlane } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { type KubeletOptions, resolveDeviation, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { runtimeServiceProbe } from "../../target/runtime-service.ts";
import { accessTable } from "../access.ts";
import { configurationOf } from "../configuration.ts";
import type { Ground } from "../ground.ts";
import { startPlane } from "./control-plane.ts";
import { describeTarget, type Place, podUid, portOfDouble, probe } from "./describe.ts";
import { nodeName } from "./labels.ts";
import { accessTo, launchReference, nodeIp } from "./launch-reference.ts";
import { hasLease, hasRegistered, nodeProbe } from "./node-probe.ts";
import { enterOutage } from "./outage.ts";
import { restoreProbe } from "./restore.ts";
import { writeApiPod } from "./write-api-pod.ts";
import type { RunningSubject, Subject } from "./subject.ts";

export interface ReferenceOptions {
  ground: Ground;
  /** A minor, or a patch. */
  kubernetesVersion: string;
  /** A misbehaviour. */
  deviation?: KubeletOptions["deviation"];
}

let started = 0;

/** Nothing ends a kubelet in this process early. */
const never = new AbortController().signal;

/** The reference kubelet in this process, with the runtime double under it. */
export function referenceSubject(options: ReferenceOptions): Subject {
  const { ground, kubernetesVersion, deviation } = options;
  return {
    async start(scenario): Promise<RunningSubject> {
      const own = ++started;
      const double = new RuntimeDouble();
      const runtime = double.client();
      let kubelet: RunningKubelet | undefined;
      let plane: ControlPlane | undefined;
      let reachable = true;
      const stop = async (): Promise<void> => {
        await kubelet?.stop();
        await plane?.stop();
        await runtime.close();
        await double.close();
      };
      try {
        if (scenario.node) plane = await startPlane(ground, kubernetesVersion, scenario);
        const settings: KubeletOptions = {
          kubernetesVersion,
          configuration: configurationOf(ground, scenario),
          rootDirectory: join(ground.directory, `root-${own}`),
          hostnameOverride: nodeName,
          runtime,
          ...(scenario.apiPod ? { apiPodPath: await writeApiPod(ground, ground.directory, kubernetesVersion) } : {}),
          ...(scenario.timeZone ? { utcOffsetMinutes: scenario.timeZone.minutes } : {}),
          // In place of an API server's reviews.
          ...(scenario.webhook ? accessTable(ground) : {}),
          ...(plane ? { apiServer: accessTo(plane), timeScale: scenario.node?.timeScale ?? 1, node: { ips: [nodeIp] } } : {}),
          reviewsReachable: () => reachable,
          ...(deviation === undefined ? {} : { deviation }),
        };
        const run = async (ports: NonNullable<KubeletOptions["ports"]>): Promise<RunningKubelet> => {
          kubelet = await startKubelet({ ...settings, ports });
          await kubelet.settled;
          if (plane) await Promise.all([hasRegistered(plane, never), hasLease(plane, never)]);
          return kubelet;
        };
        const first = await run({ main: 0, readOnly: 0, healthz: 0 });
        const restart = async (): Promise<void> => {
          await kubelet?.stop();
          await run(portsOf(first));
        };
        // The reference kubelet leaves alone what is not its own.
        const restore = restoreProbe({
          client: runtime,
          directory: join(ground.directory, `restored-${own}`),
          undisturbed: (work) => work(),
        });
        // A misbehaviour of the runtime is one whoever asks it.
        const runtimeService = runtimeServiceProbe(resolveDeviation(deviation)?.runtime?.(runtime) ?? runtime);
        const place: Place = {
          ...placeOf(first, double),
          restore,
          ...(scenario.devicePlugins ? { devicePlugins: { directory: join(first.rootDirectory, "device-plugins"), restart } } : {}),
          ...(plane && scenario.node
            ? { ...nodeProbe(plane, scenario.node.timeScale), nodeIp, launch: launchReference(options, scenario), runtimeService }
            : {}),
        };
        return {
          authority: ground.authority.cert,
          enter: async (entered) => {
            double.checkpoint = entered.checkpoint ?? "ok";
            const target = describeTarget(place, ground, entered, probe(double, entered));
            await enterOutage(entered, target, ground.authority.cert, () => void (reachable = false));
            return { target };
          },
          stop,
        };
      } catch (error) {
        await stop();
        throw error;
      }
    },
  };
}

function portsOf({ urls }: RunningKubelet): NonNullable<KubeletOptions["ports"]> {
  return Object.fromEntries(Object.entries(urls).map(([name, url]: [string, string]) => [name, Number(new URL(url).port)]));
}

function placeOf({ urls, kubernetesVersion, rootDirectory }: RunningKubelet, double: RuntimeDouble): Place {
  return {
    server: urls.main,
    kubernetesVersion,
    rootDirectory,
    uid: podUid(double),
    listeningPort: portOfDouble,
    ...(urls.readOnly === undefined ? {} : { readOnlyPort: Number(new URL(urls.readOnly).port) }),
    ...(urls.healthz === undefined ? {} : { healthzPort: Number(new URL(urls.healthz).port) }),
  };
}
