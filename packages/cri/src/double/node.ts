import type { ServiceImpl } from "@connectrpc/connect";
import { CgroupDriver, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";

type NodeMethods = Pick<ServiceImpl<typeof RuntimeService>, "version" | "status" | "runtimeConfig">;

/** What the double says about itself: a containerd that is ready. */
export function nodeMethods(runtimeVersion: string): NodeMethods {
  return {
    // Kubelets refuse to start unless all four are set.
    version: () => ({
      version: "0.1.0",
      runtimeName: "containerd",
      runtimeVersion,
      runtimeApiVersion: "v1",
    }),
    status: () => ({
      status: {
        conditions: [
          { type: "RuntimeReady", status: true },
          { type: "NetworkReady", status: true },
        ],
      },
      runtimeHandlers: ["", "runc"].map((name) => ({
        name,
        features: { recursiveReadOnlyMounts: true, userNamespaces: true },
      })),
      features: { supplementalGroupsPolicy: true },
    }),
    runtimeConfig: () => ({ linux: { cgroupDriver: CgroupDriver.CGROUPFS } }),
  };
}
