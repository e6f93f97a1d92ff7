import type { ServiceImpl } from "@connectrpc/connect";
import { CgroupDriver, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { unknownMethod } from "../grpc/unknown.ts";
import { unknownError } from "./errors.ts";
import type { RuntimeFault } from "./runtime-faults.ts";

type NodeMethods = Pick<ServiceImpl<typeof RuntimeService>, "version" | "status" | "runtimeConfig" | "updateRuntimeConfig">;

/** What the double says about itself: a containerd that is ready, but for the faults in force. */
export function nodeMethods(runtimeVersion: string, faults: ReadonlySet<RuntimeFault>): NodeMethods {
  return {
    // Kubelets refuse to start unless all four are set.
    version() {
      if (faults.has("version-failing")) throw unknownError("failed to get the version");
      if (faults.has("version-empty")) return {};
      return {
        version: faults.has("version-other") ? "0.2.0" : "0.1.0",
        runtimeName: "containerd",
        runtimeVersion,
        runtimeApiVersion: "v1",
      };
    },
    status: () => ({
      status: {
        conditions: faults.has("status-without-conditions")
          ? []
          : [
              { type: "RuntimeReady", status: !faults.has("runtime-not-ready") },
              faults.has("network-not-ready")
                ? {
                    type: "NetworkReady",
                    status: false,
                    reason: "NetworkPluginNotReady",
                    message: "Network plugin returns error: cni plugin not initialized",
                  }
                : { type: "NetworkReady", status: true },
            ],
      },
      runtimeHandlers: ["", "runc"].map((name) => ({
        name,
        features: { recursiveReadOnlyMounts: true, userNamespaces: true },
      })),
      features: { supplementalGroupsPolicy: true },
    }),
    runtimeConfig() {
      if (faults.has("runtime-config-unimplemented")) throw unknownMethod("RuntimeConfig", "runtime.v1.RuntimeService");
      if (faults.has("runtime-config-failing")) throw unknownError("failed to read the runtime's configuration");
      // A number that the enumeration does not have.
      if (faults.has("runtime-config-unknown-driver")) return { linux: { cgroupDriver: 7 as CgroupDriver } };
      return { linux: { cgroupDriver: faults.has("runtime-config-systemd") ? CgroupDriver.SYSTEMD : CgroupDriver.CGROUPFS } };
    },
    // Pod address ranges, which the simulated network has no use for.
    updateRuntimeConfig: () => ({}),
  };
}
