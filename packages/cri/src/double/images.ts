import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { ImageSchema, ImageService } from "../generated/runtime/v1/api_pb.ts";
import { unknownMethod } from "../grpc/unknown.ts";
import type { HeldImage, ImageStore } from "./image-store.ts";
import type { RuntimeFault } from "./runtime-faults.ts";
import { now } from "./state.ts";

type ImageMethods = Pick<ServiceImpl<typeof ImageService>, "listImages" | "imageStatus" | "pullImage" | "removeImage" | "imageFsInfo">;

export function imageMethods(images: ImageStore, faults: ReadonlySet<RuntimeFault>): ImageMethods {
  return {
    listImages({ filter }) {
      const name = filter?.image?.image ?? "";
      const image = name === "" ? undefined : images.find(name);
      return {
        images: name === "" ? images.list().map(listedImage) : image ? [listedImage(image)] : [],
      };
    },

    imageStatus({ image }) {
      const held = images.find(image?.image ?? "");
      return held === undefined ? {} : { image: listedImage(held) };
    },

    pullImage({ image }) {
      const name = image?.image ?? "";
      const held = images.pull(name);
      if (held === undefined) {
        throw new ConnectError(
          `failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`,
          Code.NotFound,
        );
      }
      return { imageRef: held.id };
    },

    removeImage({ image }) {
      images.remove(image?.image ?? "");
      return {};
    },

    imageFsInfo() {
      if (faults.has("image-fs-info-unimplemented")) throw unknownMethod("ImageFsInfo", "runtime.v1.ImageService");
      const held = images.list();
      const usage = {
        timestamp: now(),
        fsId: { mountpoint: images.directory },
        usedBytes: { value: held.reduce((sum, image) => sum + image.size, 0n) },
        inodesUsed: { value: BigInt(held.length * 20) },
      };
      return { imageFilesystems: [usage], containerFilesystems: [usage] };
    },
  };
}

function listedImage(image: HeldImage): MessageInitShape<typeof ImageSchema> {
  return {
    id: image.id,
    repoTags: [image.name],
    repoDigests: [],
    size: image.size,
    spec: { image: image.name },
  };
}
