import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GrpcCodeName, grpcErrorCode, socketTransport } from "@kubelet-conformance/cri/grpc";
import { register, Registration } from "@kubelet-conformance/device-plugin";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { describe, expect, onTestFinished, test } from "vitest";

/** What a real kubelet answered to a plugin: a gRPC status. */
interface Recorded {
  grpcStatus: string;
  grpcMessage: string;
}

const recordings = new URL("../../recordings/", import.meta.url).pathname;
const versions = readdirSync(recordings).filter((version) => existsSync(fileOf(version)));

function fileOf(version: string): string {
  return join(recordings, version, "cluster", "device-plugin.json");
}

/** How each recorded plugin registered (tools of the lab that recorded it). */
const registrations: Readonly<Record<string, { version?: string; resourceName?: string }>> = {
  "version.v1alpha1": { version: "v1alpha1" },
  "version.v1": { version: "v1" },
  "version.empty": { version: "" },
  "name.no-domain": { resourceName: "foo" },
  "name.kubernetes.io": { resourceName: "foo.kubernetes.io/bar" },
  "name.requests": { resourceName: "requests.example/bar" },
  "name.bad": { resourceName: "vendor.example/UPPER space" },
  "name.empty": { resourceName: "" },
  "endpoint.absent": {},
};
const services: Readonly<Record<string, string>> = {
  "service.v1alpha1": "v1alpha1.Registration",
  "service.deviceplugin": "deviceplugin.Registration",
};
const codes: Readonly<Record<string, GrpcCodeName>> = { "2": "Unknown", "12": "Unimplemented" };

describe.each(versions)("device plugins of %s", (version) => {
  // The file has the shape above; what differs fails the test.
  const recorded = JSON.parse(readFileSync(fileOf(version), "utf8")) as Record<string, Recorded>;

  test("every recorded registration is refused in the same words", async () => {
    const directory = await mkdtemp(join(tmpdir(), "plugins-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const kubelet = await startKubelet({ kubernetesVersion: version, devicePluginDirectory: directory, timeScale: 100 });
    onTestFinished(() => kubelet.stop());
    const socket = join(directory, "kubelet.sock");
    const answers = await Promise.all(
      Object.keys(recorded).map(async (name) => {
        const service = services[name];
        const request = { endpoint: "absent.sock", resourceName: "vendor.example/thing", ...registrations[name] };
        const { code, message } = service === undefined ? await register(socket, request) : await ask(socket, service);
        return [name, { code, message }];
      }),
    );
    const expected = Object.entries(recorded).map(([name, { grpcStatus, grpcMessage }]) => [
      name,
      { code: codes[grpcStatus], message: grpcMessage },
    ]);
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(expected));
  });
});

/** Asks for Register of a service of another name. */
async function ask(socket: string, service: string): Promise<{ code: string; message: string }> {
  const transport = socketTransport(socket);
  const method = { ...Registration.method.register, parent: { ...Registration, typeName: service } };
  try {
    await transport.unary(method, undefined, undefined, undefined, {});
    return { code: "OK", message: "" };
  } catch (error) {
    return { code: grpcErrorCode(error), message: error instanceof Error && "rawMessage" in error ? String(error.rawMessage) : "" };
  } finally {
    transport.close();
  }
}
