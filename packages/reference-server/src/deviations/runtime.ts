import { grpcErrorCode, type RuntimeClient, type RuntimeCondition } from "@kubelet-conformance/cri";
import { type JsonObject, textAt } from "@kubelet-conformance/control-plane";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { changing, type ExchangeMatch } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { reportingMember } from "./node-object.ts";

type Service = RuntimeClient["runtime"];
const configz: ExchangeMatch = { listener: "main", client: "certificate", path: "/configz", status: 200 };

/** What breaks each requirement of `spec/requirements/runtime.yaml`. */
export const runtime: Record<ObservableRequirementId["runtime"], Deviation> = {
  "runtime.version.form": {
    summary: "tells its runtime's name and version with a blank between them",
    ...reportingMember<JsonObject>("nodeInfo", (info) => ({
      ...info,
      containerRuntimeVersion: textAt(info, "containerRuntimeVersion").replace("://", " "),
    })),
  },
  "runtime.version.answer": {
    summary: "tells a version that its runtime does not have",
    ...reportingMember<JsonObject>("nodeInfo", (info) => ({
      ...info,
      containerRuntimeVersion: textAt(info, "containerRuntimeVersion").replace(/\d+$|$/, "9"),
    })),
  },
  "runtime.endpoint.form": { summary: "has an endpoint without a scheme", http: endpoint("run/runtime.sock") },
  "runtime.endpoint.not-dockershim": {
    summary: "still has dockershim's endpoint",
    http: endpoint("unix:///var/run/dockershim.sock"),
  },
  "runtime.docker.shim": {
    summary: "says that it uses Docker Engine, by containerd's endpoint",
    ...service(({ version }) => ({
      version: async (...asked) => {
        const answer = await version(...asked);
        return answer.runtimeName === "" ? answer : { ...answer, runtimeName: "docker" };
      },
    })),
  },
  "runtime.handlers.answer": {
    summary: "lists none but the default handler",
    ...reportingMember<readonly JsonObject[]>("runtimeHandlers", (list) => list.filter(({ name }) => name === "")),
  },
  "runtime.features.answer": {
    summary: "never says that supplementalGroupsPolicy is known",
    ...reportingMember<JsonObject>("features", () => ({ supplementalGroupsPolicy: false })),
  },
  "runtime.flags.endpoint": {
    summary: "believes its configuration more than --container-runtime-endpoint",
    flags: { drops: (name) => name === "container-runtime-endpoint" },
  },
  "runtime.flags.dockershim": { summary: "ignores --network-plugin", flags: { drops: (name) => name === "network-plugin" } },
  "runtime.flags.container-runtime": { summary: "ignores --container-runtime", flags: { drops: (name) => name === "container-runtime" } },
  "runtime.flags.sandbox-image": {
    summary: "does not start with the command line that kubeadm writes",
    flags: { refuses: (name) => name === "pod-infra-container-image" },
  },
  "runtime.flags.sandbox-image-gone": {
    summary: "ignores --pod-infra-container-image",
    flags: { drops: (name) => name === "pod-infra-container-image" },
  },
  "runtime.start.version-first": {
    summary: "looks at the disks of its images before it knows with whom it speaks",
    runtime: (client) => ({
      ...client,
      runtime: {
        ...client.runtime,
        version: async (...asked) => {
          await client.image.imageFsInfo({}).catch(() => {});
          return client.runtime.version(...asked);
        },
      },
    }),
  },
  "runtime.start.unreachable": { summary: "waits for a runtime that is not there", runtime: (client) => inSpiteOf(client, "Unavailable") },
  "runtime.start.no-v1": { summary: "falls back to v1alpha2", runtime: (client) => inSpiteOf(client, "Unimplemented") },
  "runtime.start.no-image-service": {
    summary: "starts without an image service",
    runtime: (client) => ({
      ...client,
      image: {
        ...client.image,
        imageFsInfo: (...asked) => client.image.imageFsInfo(...asked).catch(() => noDisks),
      },
    }),
  },
  "runtime.start.version-fields": {
    summary: "needs to know nothing of its runtime",
    ...service(({ version }) => ({
      version: async (...asked) => {
        const answer = await version(...asked);
        return answer.runtimeName === "" ? { ...answer, ...usual } : answer;
      },
    })),
  },
  "runtime.start.other-version": {
    summary: "takes any version of its runtime API",
    ...service(({ version }) => ({
      version: async (...asked) => {
        const answer = await version(...asked);
        return answer.version === "0.2.0" ? { ...answer, version: "0.1.0" } : answer;
      },
    })),
  },
  "runtime.cgroup-driver.shown": {
    summary: "shows the cgroup driver that is configured",
    http: changing(configz, { body: (body) => body.replace('"cgroupDriver":"systemd"', '"cgroupDriver":"cgroupfs"') }),
  },
  "runtime.cgroup-driver.unimplemented": {
    summary: "does not start with a runtime that does not know RuntimeConfig",
    ...service(({ runtimeConfig }) => ({
      runtimeConfig: (...asked) =>
        runtimeConfig(...asked).catch((error: unknown) =>
          Promise.reject(grpcErrorCode(error) === "Unimplemented" ? new Error("the runtime does not know RuntimeConfig") : error),
        ),
    })),
  },
  "runtime.cgroup-driver.unknown": {
    summary: "takes any number for a cgroup driver",
    ...service(({ runtimeConfig }) => ({
      runtimeConfig: async (...asked) => {
        const answer = await runtimeConfig(...asked);
        // An answer without a driver leaves the choice to the configuration.
        return Number(answer.linux?.cgroupDriver) > 1 ? noDriver : answer;
      },
    })),
  },
  "runtime.cgroup-driver.failing": {
    summary: "asks once for the cgroup driver, and goes on without",
    ...service(({ runtimeConfig }) => ({
      runtimeConfig: (...asked) =>
        runtimeConfig(...asked).catch((error: unknown) => (grpcErrorCode(error) === "Unknown" ? noDriver : Promise.reject(error))),
    })),
  },
  "runtime.status.polled": {
    summary: "asks for its runtime's Status three times as seldom",
    wait: (what, milliseconds) => (what === "runtime-status" ? 3 * milliseconds : milliseconds),
  },
  "runtime.status.not-ready": {
    summary: "is ready without its runtime",
    ...conditions((list) => list.map((condition) => (condition.type === "RuntimeReady" ? { ...condition, status: true } : condition))),
  },
  "runtime.status.silent": {
    summary: "takes silence for readiness",
    ...conditions((list) => (list.length > 0 ? list : ["RuntimeReady", "NetworkReady"].map(ready))),
  },
  "runtime.version.unknown": {
    summary: "tells the version that its runtime had when it last said so",
    ...service(({ version }) => {
      let last: Awaited<ReturnType<Service["version"]>> | undefined;
      return {
        version: async (...asked) => {
          try {
            return (last = await version(...asked));
          } catch (error) {
            if (last === undefined || grpcErrorCode(error) !== "Unknown") throw error;
            return last;
          }
        },
      };
    }),
  },
  "runtime.service.version": {
    summary: "has a runtime that calls its API v1alpha2",
    ...service(({ version }) => ({
      version: async (...asked) => {
        const answer = await version(...asked);
        return answer.runtimeApiVersion === "" ? answer : { ...answer, runtimeApiVersion: "v1alpha2" };
      },
    })),
  },
  "runtime.service.status": {
    summary: "has a runtime that says nothing of its network",
    ...conditions((list) =>
      list.map((condition) => (condition.type === "NetworkReady" ? { ...condition, type: "NetworkPluginReady" } : condition)),
    ),
  },
  "runtime.service.images": {
    summary: "has a runtime that lists no images",
    runtime: (client) => ({
      ...client,
      image: { ...client.image, listImages: () => Promise.reject(new Error("no list of images")) },
    }),
  },
  "runtime.service.runtime-config": {
    summary: "has a runtime that names no cgroup driver",
    ...service(({ runtimeConfig }) => ({
      runtimeConfig: async (...asked) => {
        const answer = await runtimeConfig(...asked);
        return answer.linux?.cgroupDriver === 1 ? noDriver : answer;
      },
    })),
  },
  "runtime.service.checkpoint": {
    summary: "has a runtime that checkpoints nothing",
    ...service(() => ({ checkpointContainer: () => Promise.reject(new Error("checkpoint/restore support not available")) })),
  },
  "runtime.service.checkpoint-pod": {
    summary: "has a runtime that answers OK to the checkpoint of a pod that there is not",
    ...service(() => ({ checkpointPod: async () => ({ $typeName: "runtime.v1.CheckpointPodResponse" }) })),
  },
  "runtime.service.restore-pod": {
    summary: "has a runtime that makes a pod of a checkpoint that there is not",
    ...service(() => ({
      restorePod: async () => ({ $typeName: "runtime.v1.RestorePodResponse", podSandboxId: "made-up", restoredContainers: [] }),
    })),
  },
};

const usual = { version: "0.1.0", runtimeName: "containerd", runtimeVersion: "2.1.9", runtimeApiVersion: "v1" };
const ready = (type: string) => ({ $typeName: "runtime.v1.RuntimeCondition" as const, type, status: true, reason: "", message: "" });
const noDriver = { $typeName: "runtime.v1.RuntimeConfigResponse" as const };
const noDisks = { $typeName: "runtime.v1.ImageFsInfoResponse" as const, imageFilesystems: [], containerFilesystems: [] };

/** Changes calls to the runtime service. */
function service(change: (runtime: Service) => Partial<Service>): Pick<Deviation, "runtime"> {
  return { runtime: (client) => ({ ...client, runtime: { ...client.runtime, ...change(client.runtime) } }) };
}

/** Changes the conditions of the runtime's Status. */
function conditions(change: (list: RuntimeCondition[]) => RuntimeCondition[]): Pick<Deviation, "runtime"> {
  return service(({ status }) => ({
    status: async (...asked) => {
      const answer = await status(...asked);
      return answer.status ? { ...answer, status: { ...answer.status, conditions: change(answer.status.conditions) } } : answer;
    },
  }));
}

/** Shows another endpoint on /configz. */
function endpoint(text: string): NonNullable<Deviation["http"]> {
  return changing(configz, { body: (body) => body.replace(/"containerRuntimeEndpoint":"[^"]*"/, `"containerRuntimeEndpoint":"${text}"`) });
}

/** Makes the runtime's answers up once its Version was refused like that. */
function inSpiteOf(client: RuntimeClient, code: "Unavailable" | "Unimplemented"): RuntimeClient {
  let isMadeUp = false;
  const instead = async <T>(call: Promise<T>, madeUp: T): Promise<T> =>
    call.catch((error: unknown) => (isMadeUp ? madeUp : Promise.reject(error)));
  const { runtime: own, image } = client;
  return {
    ...client,
    runtime: {
      ...own,
      version: (...asked) =>
        own.version(...asked).catch((error: unknown) => {
          isMadeUp ||= grpcErrorCode(error) === code;
          return isMadeUp ? { $typeName: "runtime.v1.VersionResponse", ...usual } : Promise.reject(error);
        }),
      runtimeConfig: (...asked) => instead(own.runtimeConfig(...asked), noDriver),
      status: (...asked) =>
        instead(own.status(...asked), {
          $typeName: "runtime.v1.StatusResponse",
          status: { $typeName: "runtime.v1.RuntimeStatus", conditions: ["RuntimeReady", "NetworkReady"].map(ready) },
          info: {},
          runtimeHandlers: [],
        }),
    },
    image: { ...image, imageFsInfo: (...asked) => instead(image.imageFsInfo(...asked), noDisks) },
  };
}
