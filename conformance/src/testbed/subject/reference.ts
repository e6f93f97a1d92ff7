import { join } from "node:path";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { type KubeletOptions, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { accessTable } from "../access.ts";
import { configurationOf } from "../configuration.ts";
import type { Ground } from "../ground.ts";
import { describeTarget, nodeName, type Place, podUid, probe } from "./describe.ts";
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
      const double = new RuntimeDouble();
      const runtime = double.client();
      let kubelet: RunningKubelet | undefined;
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
          rootDirectory: join(ground.directory, `root-${++started}`),
          hostnameOverride: nodeName,
          runtime,
          ...(scenario.timeZone ? { utcOffsetMinutes: scenario.timeZone.minutes } : {}),
          // In place of an API server's reviews.
          ...(scenario.webhook ? accessTable(ground) : {}),
          ...(deviation === undefined ? {} : { deviation }),
        });
        await kubelet.settled;
        const place = placeOf(kubelet, double);
        return {
          authority: ground.authority.cert,
          enter: async (entered) => {
            double.checkpoint = entered.checkpoint ?? "ok";
            return { target: describeTarget(place, ground, entered, probe(double, entered)) };
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
    ...(urls.readOnly === undefined ? {} : { readOnlyPort: Number(new URL(urls.readOnly).port) }),
    ...(urls.healthz === undefined ? {} : { healthzPort: Number(new URL(urls.healthz).port) }),
  };
}
