import { expect, test } from "vitest";
import { CgroupDriver } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { startDouble } from "./fixture.test.support.ts";
import { runtimeFaults, type RuntimeFault } from "./runtime-faults.ts";

/** Everything a fault can change, as a kubelet sees it when it starts. */
async function greet(...faults: RuntimeFault[]) {
  const { double, client } = startDouble();
  for (const fault of faults) double.faults.add(fault);
  const { status } = await client.runtime.status({});
  return {
    version: (await client.runtime.version({})).runtimeName,
    conditions: status?.conditions.map(({ type, status: holds }) => `${type}=${holds}`).join(" "),
    cgroups: await client.runtime.runtimeConfig({}).then(({ linux }) => linux?.cgroupDriver, grpcErrorText),
    images: await client.image.imageFsInfo({}).then(({ imageFilesystems }) => imageFilesystems.length, grpcErrorText),
  };
}

const sound = { version: "containerd", conditions: "RuntimeReady=true NetworkReady=true", cgroups: CgroupDriver.CGROUPFS, images: 1 };

const unknown = (method: string) => `rpc error: code = Unimplemented desc = unknown method ${method}`;

test.each(
  // The compiler checks the keys against the list of faults.
  Object.entries({
    "version-empty": { version: "" },
    "status-without-conditions": { conditions: "" },
    "runtime-not-ready": { conditions: "RuntimeReady=false NetworkReady=true" },
    "network-not-ready": { conditions: "RuntimeReady=true NetworkReady=false" },
    "runtime-config-unimplemented": { cgroups: `${unknown("RuntimeConfig")} for service runtime.v1.RuntimeService` },
    "runtime-config-systemd": { cgroups: CgroupDriver.SYSTEMD },
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
