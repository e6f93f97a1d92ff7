import { expect, test } from "vitest";
import { CgroupDriver } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { startDouble } from "./fixture.test.support.ts";
import { runtimeFaults, type RuntimeFault } from "./runtime-faults.ts";

/** Everything a fault can change, as a kubelet sees it when it starts. */
async function greet(...faults: RuntimeFault[]) {
  const { double, client } = startDouble();
  for (const fault of faults) double.faults.add(fault);
  return {
    version: await client.runtime.version({}).then(({ version, runtimeName }) => `${runtimeName} ${version}`.trim(), grpcErrorText),
    conditions: await client.runtime
      .status({})
      .then(({ status }) => status?.conditions.map(({ type, status: holds }) => `${type}=${holds}`).join(" "), grpcErrorText),
    cgroups: await client.runtime.runtimeConfig({}).then(({ linux }) => linux?.cgroupDriver, grpcErrorText),
    images: await client.image.imageFsInfo({}).then(({ imageFilesystems }) => imageFilesystems.length, grpcErrorText),
  };
}

const sound = { version: "containerd 0.1.0", conditions: "RuntimeReady=true NetworkReady=true", cgroups: CgroupDriver.CGROUPFS, images: 1 };

const unserved = (service: string) => `rpc error: code = Unimplemented desc = unknown service runtime.v1.${service}`;
const unknown = (method: string) => `rpc error: code = Unimplemented desc = unknown method ${method}`;

test.each(
  // The compiler checks the keys against the list of faults.
  Object.entries({
    "v1alpha2-only": {
      version: unserved("RuntimeService"),
      conditions: unserved("RuntimeService"),
      cgroups: unserved("RuntimeService"),
      images: unserved("ImageService"),
    },
    "version-failing": { version: "rpc error: code = Unknown desc = failed to get the version" },
    "version-empty": { version: "" },
    "version-other": { version: "containerd 0.2.0" },
    "status-without-conditions": { conditions: "" },
    "runtime-not-ready": { conditions: "RuntimeReady=false NetworkReady=true" },
    "network-not-ready": { conditions: "RuntimeReady=true NetworkReady=false" },
    "runtime-config-unimplemented": { cgroups: `${unknown("RuntimeConfig")} for service runtime.v1.RuntimeService` },
    "runtime-config-systemd": { cgroups: CgroupDriver.SYSTEMD },
    "runtime-config-unknown-driver": { cgroups: 7 },
    "runtime-config-failing": { cgroups: "rpc error: code = Unknown desc = failed to read the runtime's configuration" },
    "image-fs-info-unimplemented": { images: `${unknown("ImageFsInfo")} for service runtime.v1.ImageService` },
  } satisfies Record<RuntimeFault, Partial<Record<keyof typeof sound, unknown>>>),
)("%s changes this and nothing else", async (fault, change) => {
  // Object.entries widens the keys to string.
  expect(await greet(fault as RuntimeFault)).toEqual({ ...sound, ...change });
});

test("faults add up and end when they are deleted", async () => {
  expect(await greet("version-empty", "runtime-not-ready")).toMatchObject({
    version: "",
    conditions: "RuntimeReady=false NetworkReady=true",
  });
  const { double, client } = startDouble();
  for (const fault of runtimeFaults) double.faults.add(fault);
  double.faults.clear();
  expect((await client.runtime.version({})).runtimeApiVersion).toBe("v1");
});
