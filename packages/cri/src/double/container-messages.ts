import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ContainerSchema, ContainerStatusSchema } from "../generated/runtime/v1/api_pb.ts";
import type { ContainerRecord } from "./state.ts";

/** A container as ListContainers shows it: the image is the reference that the kubelet created it with. */
export function listedContainer(record: ContainerRecord): MessageInitShape<typeof ContainerSchema> {
  const { config, image } = record;
  return {
    id: record.id,
    podSandboxId: record.sandboxId,
    ...(config.metadata && { metadata: config.metadata }),
    image: { image: config.image?.image ?? image.id },
    imageRef: image.id,
    imageId: image.id,
    state: record.state,
    createdAt: record.createdAt,
    labels: config.labels,
    annotations: config.annotations,
  };
}

/** A container as ContainerStatus shows it: the image by its name, as containerd resolves it. */
export function containerStatus(record: ContainerRecord): MessageInitShape<typeof ContainerStatusSchema> {
  const { config, image } = record;
  const security = config.linux?.securityContext;
  const uid = security?.runAsUser?.value ?? 0n;
  const gid = security?.runAsGroup?.value ?? 0n;
  return {
    id: record.id,
    ...(config.metadata && { metadata: config.metadata }),
    state: record.state,
    createdAt: record.createdAt,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    exitCode: record.exitCode,
    image: { image: image.name, userSpecifiedImage: config.image?.userSpecifiedImage ?? "" },
    imageRef: image.id,
    imageId: image.id,
    reason: record.reason,
    message: record.message,
    labels: config.labels,
    annotations: config.annotations,
    mounts: config.mounts,
    logPath: record.logPath,
    ...(record.resources && { resources: { linux: record.resources } }),
    user: {
      linux: { uid, gid, supplementalGroups: [gid, ...(security?.supplementalGroups ?? [])] },
    },
  };
}
