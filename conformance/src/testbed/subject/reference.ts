import { join } from "node:path";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { type KubeletOptions, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { accessTable } from "../access.ts";
import { configurationOf } from "../configuration.ts";
import type { Ground } from "../ground.ts";
import { describeTarget, type Place, podUid, portOfDouble, probe } from "./describe.ts";
import { nodeName } from "./labels.ts";
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

/** The reference kubelet in this process, with the runtime double under it. */
export function referenceSubject({ ground, kubernetesVersion, deviation }: ReferenceOptions): Subject {
  return {
    async start(scenario): Promise<RunningSubject> {
      const own = ++started;
      const double = new RuntimeDouble();
      const runtime = double.client();
      let kubelet: RunningKubelet | undefined;
      let reachable = true;
      const stop = async (): Promise<void> => {
        await kubelet?.stop();
        await runtime.close();
        await double.close();
      };
      try {
        kubelet = await startKubelet({
          kubernetesVersion,
          configuration: configurationOf(ground, scenario),
          ports: { main: 0, readOnly: 0, healthz: 0 },
          rootDirectory: join(ground.directory, `root-${own}`),
          hostnameOverride: nodeName,
          runtime,
          ...(scenario.apiPod ? { apiPodPath: await writeApiPod(ground, ground.directory, kubernetesVersion) } : {}),
          ...(scenario.timeZone ? { utcOffsetMinutes: scenario.timeZone.minutes } : {}),
          // In place of an API server's reviews.
          ...(scenario.webhook ? accessTable(ground) : {}),
          reviewsReachable: () => reachable,
          ...(deviation === undefined ? {} : { deviation }),
        });
        await kubelet.settled;
        // The reference kubelet leaves alone what is not its own.
        const restore = restoreProbe({
          client: runtime,
          directory: join(ground.directory, `restored-${own}`),
          undisturbed: (work) => work(),
        });
        const place = { ...placeOf(kubelet, double), restore };
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
