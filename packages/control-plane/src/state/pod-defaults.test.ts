import { expect, test } from "vitest";
import { defaultPod } from "./pod-defaults.ts";

const image = "localhost/busybox:1";

test("what is given stays, what is missing is filled in", () => {
  const container = {
    name: "c",
    image,
    ports: [{ containerPort: 80 }],
    env: [
      { name: "A", value: "1" },
      { name: "N", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ],
    livenessProbe: { httpGet: { port: 80 }, periodSeconds: 2 },
    resources: { limits: { cpu: "1" }, requests: { memory: "1Mi" } },
  };
  const { spec, status } = defaultPod({ spec: { hostNetwork: true, restartPolicy: "Never", containers: [container] } });
  expect(spec).toMatchObject({ restartPolicy: "Never", dnsPolicy: "ClusterFirst", securityContext: {} });
  expect(spec["containers"]).toEqual([
    {
      ...container,
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: "IfNotPresent",
      ports: [{ containerPort: 80, hostPort: 80, protocol: "TCP" }],
      env: [
        { name: "A", value: "1" },
        { name: "N", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } },
      ],
      livenessProbe: {
        httpGet: { path: "/", scheme: "HTTP", port: 80 },
        periodSeconds: 2,
        timeoutSeconds: 1,
        successThreshold: 1,
        failureThreshold: 3,
      },
      resources: { limits: { cpu: "1" }, requests: { cpu: "1", memory: "1Mi" } },
    },
  ]);
  expect(status).toEqual({ phase: "Pending", qosClass: "Burstable" });
});

test("volumes get modes, tokens a lifetime, field references a version", () => {
  const fieldRef = { fieldPath: "metadata.name" };
  const sources = [{ serviceAccountToken: { path: "token" } }, { downwardAPI: { items: [{ path: "n", fieldRef }] } }];
  const { spec } = defaultPod({
    spec: {
      volumes: [
        { name: "a", projected: { sources } },
        { name: "b", emptyDir: {} },
        { name: "c", secret: { secretName: "s" } },
      ],
    },
  });
  expect(spec["volumes"]).toEqual([
    {
      name: "a",
      projected: {
        defaultMode: 420,
        sources: [
          { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
          { downwardAPI: { items: [{ path: "n", fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } }] } },
        ],
      },
    },
    { name: "b", emptyDir: {} },
    { name: "c", secret: { secretName: "s", defaultMode: 420 } },
  ]);
});

test.each([
  ["i", "Always"],
  ["i:latest", "Always"],
  ["host:5000/i", "Always"],
  ["i:1", "IfNotPresent"],
  ["i@sha256:00", "IfNotPresent"],
])("image %s is pulled %s", (name, imagePullPolicy) => {
  expect(defaultPod({ spec: { containers: [{ image: name }] } }).spec["containers"]).toMatchObject([{ imagePullPolicy }]);
});

test.each([
  [{}, "BestEffort"],
  [{ limits: { cpu: "1", memory: "1Mi" } }, "Guaranteed"],
  [{ limits: { cpu: "1", memory: "2Mi" }, requests: { memory: "1Mi" } }, "Burstable"],
])("resources %j are %s", (resources, qosClass) => {
  expect(defaultPod({ spec: { containers: [{ image, resources }] } }).status).toMatchObject({ qosClass });
});
