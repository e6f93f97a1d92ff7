import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

const statusz = (version: string, type = "application/json") => `${type};v=${version};g=config.k8s.io;as=Statusz`;
const both = { ComponentStatusz: true, ComponentFlagz: true };

test("1.36: text to those who ask for nothing, objects in two versions, and a Status to the others", async () => {
  const kubelet = await testKubelet();
  const text = await kubelet.get("/statusz").expect(200);
  expect(text.headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(text.text).toMatch(
    /^\nkubelet statusz\nWarning: .*\n\nStarted.*\nUp.*\nGo version.*\nBinary version.*\nEmulation version.*1\.36\nPaths.*\n$/,
  );
  const object = await kubelet.get("/statusz").set("Accept", statusz("v1beta1")).expect(200);
  expect(object.headers["content-type"]).toBe("application/json;g=config.k8s.io;v=v1beta1;as=Statusz");
  expect(object.headers).not.toHaveProperty("warning");
  expect(JSON.parse(object.text)).toMatchObject({ kind: "Statusz", paths: ["/configz", "/debug", "/flagz", "/healthz", "/metrics"] });
  const old = await kubelet.get("/statusz").set("Accept", statusz("v1alpha1", "application/yaml")).expect(200);
  expect(old.headers["warning"]).toBe('299 - "This version of the statusz endpoint is deprecated. Please use a newer version."');
  expect(old.text).toContain("\npaths:\n- /configz\n- /debug\n- /flagz\n");
  const refused = await kubelet.get("/statusz").set("Accept", "application/json").expect(406);
  expect(JSON.parse(refused.text)).toMatchObject({ kind: "Status", reason: "NotAcceptable", code: 406 });
  await kubelet.get("/statusz").set("Accept", statusz("v1")).expect(406);
});

test("1.35: one version, JSON only, and /statusz wherever the kubelet listens", async () => {
  const kubelet = await testKubelet({
    kubernetesVersion: "1.35",
    configuration: { featureGates: both, enableDebuggingHandlers: false },
    ports: { main: 0, healthz: 0, readOnly: 0 },
  });
  await kubelet.get("/statusz").set("Accept", statusz("v1alpha1")).expect(200);
  await kubelet.get("/statusz").set("Accept", statusz("v1beta1")).expect(406);
  await kubelet.get("/statusz").set("Accept", statusz("v1alpha1", "application/yaml")).expect(500);
  await kubelet.get("/flagz").expect(404);
  const open = await kubelet.raw("GET /statusz HTTP/1.0\r\n\r\n", { listener: "readOnly", credentials: null });
  expect(open).toMatch(/^HTTP\/1\.0 200 OK\r\n.*Paths.*\/attach \/containerLogs \/debug \/exec /s);
});

test("1.34: text to those who name it; 1.32 knows neither page", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.34", configuration: { featureGates: both } });
  expect((await kubelet.get("/flagz").expect(406)).text).toBe("media type not acceptable, must be: text/plain\n");
  const flags = await kubelet.get("/flagz").set("Accept", "text/plain;charset=UTF-8").expect(200);
  expect(flags.text).toMatch(/^\nkubelet flags\nWarning: .*\n\naddress(?:: |[:= ])0\.0\.0\.0\n/);
  expect((await kubelet.get("/flagz").set("Accept", "*/*")).text).toBe(flags.text);
  const older = await testKubelet({ kubernetesVersion: "1.32", configuration: { featureGates: both } });
  await older.get("/statusz").expect(404);
});

test("flags show what the command line gave them, and 1.37 has fewer", async () => {
  const commandLine = ["kubelet", "--v", "4", "--node-ip=::1", "--rotate-certificates", "--unheard-of=x"];
  const accept = "application/json;v=v1beta1;g=config.k8s.io;as=Flagz";
  const flagsOf = async (kubernetesVersion: string) => {
    const kubelet = await testKubelet({ kubernetesVersion, commandLine });
    const { text } = await kubelet.get("/flagz").set("Accept", accept).expect(200);
    return (JSON.parse(text) as { flags: Record<string, string> }).flags;
  };
  const flags = await flagsOf("1.36");
  expect(flags).toMatchObject({
    v: "4",
    "node-ip": "::1",
    "rotate-certificates": "true",
    port: "10250",
    containerd: "/run/containerd/containerd.sock",
  });
  expect(flags).not.toHaveProperty("unheard-of");
  expect(await flagsOf("1.37")).not.toHaveProperty("containerd");
});
