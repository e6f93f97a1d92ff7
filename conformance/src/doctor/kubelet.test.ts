import { type AuthorizationRule, createAuthority } from "@kubelet-conformance/control-plane";
import { type KubeletOptions, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { cli, scratch } from "../cli/cli.support.ts";
import { examineJson, levelsOf } from "./doctor.support.ts";

const clients = await createAuthority({ commonName: "clients" });

interface Subject {
  kubelet: RunningKubelet;
  /** `--server` and what it takes to trust it. */
  server: string[];
  /** The same, as somebody who may do everything. */
  admin: string[];
  file: (name: string, content: string) => Promise<string>;
}

async function subject(options: Partial<KubeletOptions> = {}): Promise<Subject> {
  const files = await scratch();
  onTestFinished(() => files.remove());
  const kubelet = await startKubelet({
    kubernetesVersion: "1.36",
    hostnameOverride: "node",
    ports: { main: 0, healthz: 0 },
    ...options,
    configuration: {
      address: "127.0.0.1",
      authorization: { mode: "AlwaysAllow" },
      ...options.configuration,
      authentication: {
        x509: { clientCAFile: await files.file("clients.crt", clients.cert) },
        ...options.configuration?.authentication,
      },
    },
  });
  onTestFinished(() => kubelet.stop());
  await kubelet.settled;
  const admin = clients.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  const server = ["--server", kubelet.urls.main, "--certificate-authority", await files.file("ca.crt", kubelet.caCertificate)];
  const pair = ["--client-certificate", await files.file("a.crt", admin.cert), "--client-key", await files.file("a.key", admin.key)];
  return { kubelet, server, admin: [...server, ...pair], file: (name, content) => files.file(name, content) };
}

const webhook = { authorization: { mode: "Webhook" } } as const;
const mayAll: AuthorizationRule = { group: "system:masters", verbs: ["*"], resources: ["nodes/*"] };

describe("a kubelet that is well", () => {
  test("leaves nothing to do, and every look says so", async () => {
    const { admin } = await subject({ configuration: { ...webhook, healthzPort: 0 }, authorizationRules: [mayAll] });
    const { code, findings } = await examineJson(admin);
    expect(levelsOf(findings)).toEqual({
      "tls.certificate": "ok",
      "access.granted": "ok",
      "access.anonymous": "ok",
      "route.checkpoint": "ok",
      "health.ok": "ok",
      "clock.skew": "ok",
      "port.read-only": "ok",
      "port.healthz": "note",
    });
    expect(code).toBe(0);
  });
});

describe("who may what", () => {
  test("401 without credentials asks for some", async () => {
    const { server } = await subject();
    const { code, of } = await examineJson(server);
    expect(of("access.unauthenticated")).toMatchObject({
      level: "to-do",
      owner: "client",
      text: expect.stringContaining("no credentials were given"),
    });
    expect(code).toBe(1);
  });

  test("401 for a token that has expired says when it did, and never shows it", async () => {
    const { server, file } = await subject();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "RS256" })}.${part({ exp: 1_700_000_000 })}.c2lnbmF0dXJl`;
    const { of, report } = await examineJson([...server, "--token-file", await file("token", token)]);
    expect(of("access.unauthenticated").steps[0]?.text).toBe("the token expired on 2023-11-14T22:13:20.000Z: get a new one");
    expect(JSON.stringify(report)).not.toContain(token);
  });

  test("401 for a certificate of another authority names clientCAFile", async () => {
    const { server, file } = await subject();
    const others = (await createAuthority({ commonName: "others" })).issue({ commonName: "admin", usage: "client" });
    const pair = ["--client-certificate", await file("o.crt", others.cert), "--client-key", await file("o.key", others.key)];
    const { of } = await examineJson([...server, ...pair]);
    expect(
      of("access.unauthenticated")
        .steps.map(({ text }) => text)
        .join(),
    ).toContain("clientCAFile");
  });

  test.each([
    ["1.28", ["get: proxy metrics stats log", "create: proxy"]],
    ["1.30", ["get: proxy metrics stats log", "create: checkpoint"]],
    ["1.32", ["get: proxy metrics stats log", "create: checkpoint"]],
    ["1.36", ["get: pods configz metrics stats log healthz", "create: checkpoint"]],
  ])("403 of a kubelet of %s comes with the RBAC that opens exactly what was refused", async (kubernetesVersion, rights) => {
    const tokens = [{ token: "planted-secret-token", name: "reader", uid: "1", groups: [] }];
    const gates = { featureGates: { ContainerCheckpoint: true } };
    const authorizationRules: AuthorizationRule[] = [];
    const { server, file } = await subject({ kubernetesVersion, configuration: { ...webhook, ...gates }, tokens, authorizationRules });
    const args = [...server, "--token-file", await file("token", "planted-secret-token")];
    const refused = await examineJson(args);
    expect(refused.code).toBe(1);
    expect(JSON.stringify(refused.report)).not.toContain("planted-secret-token");
    const [role, binding] = parseAllDocuments(refused.of("access.forbidden").steps[0]?.manifest ?? "").map((document) => document.toJS());
    expect(binding).toMatchObject({ roleRef: { name: role.metadata.name }, subjects: [{ kind: "User", name: "reader" }] });
    const rules: { resources: string[]; verbs: string[] }[] = role.rules;
    expect(rules.map((rule) => `${rule.verbs.join(" ")}: ${rule.resources.map((one) => one.replace("nodes/", "")).join(" ")}`)).toEqual(
      rights,
    );

    // What the manifest says is all that it takes.
    const granted = await subject({
      kubernetesVersion,
      configuration: { ...webhook, ...gates },
      tokens,
      authorizationRules: rules.map((rule) => ({ user: "reader", ...rule })),
    });
    const { findings } = await examineJson([...granted.server, "--token-file", await granted.file("token", "planted-secret-token")]);
    expect(levelsOf(findings)).toMatchObject({ "access.granted": "ok", "route.checkpoint": "ok" });
  });

  test("in text, the RBAC can be pasted into a shell", async () => {
    const tokens = [{ token: "token", name: "system:serviceaccount:monitoring:prometheus", uid: "1", groups: [] }];
    const { server } = await subject({ configuration: webhook, tokens, authorizationRules: [] });
    const { out } = await cli(["doctor", ...server, "--token", "token"]);
    const [, manifest = ""] = /^kubectl apply -f - <<'EOF'\n(.*?)^EOF$/ms.exec(out) ?? [];
    expect(parseAllDocuments(manifest).at(-1)?.toJS().subjects).toEqual([
      { kind: "ServiceAccount", name: "prometheus", namespace: "monitoring" },
    ]);
    expect(out).toContain("$ kubectl auth can-i get nodes --subresource=pods --as=system:serviceaccount:monitoring:prometheus");
    expect(out).toMatch(/403: .* \[for the cluster's administrator\]/);
  });

  test("a kubelet that gets no decision from its API server is told from one that refuses", async () => {
    const tokens = [{ token: "token", name: "unlucky", uid: "1", groups: [] }];
    const { server } = await subject({ configuration: webhook, tokens, authorizationRules: [{ user: "unlucky", unavailable: true }] });
    const { complaints } = await examineJson([...server, "--token", "token"]);
    expect(complaints).toContain("to-do access.review-failed");
    expect(complaints).not.toContain("to-do access.forbidden");
  });

  test("anonymous requests are a warning, and something to do where they read pods", async () => {
    const authentication = { anonymous: { enabled: true } };
    const careful = await subject({ configuration: { ...webhook, authentication }, authorizationRules: [mayAll] });
    expect((await examineJson(careful.admin)).of("access.anonymous").level).toBe("warning");
    const open = await subject({ configuration: { authentication } });
    const { of } = await examineJson(open.server);
    expect(of("access.anonymous").level).toBe("to-do");
    expect(of("access.always-allow").owner).toBe("kubelet");
  });
});

describe("what is served", () => {
  test.each([
    ["1.36", { featureGates: { ContainerCheckpoint: false } }, "is off, though it is on by default"],
    ["1.28", {}, "is off, as it is by default up to 1.29"],
  ])("the gate ContainerCheckpoint of a kubelet of %s", async (kubernetesVersion, configuration, text) => {
    const { admin } = await subject({ kubernetesVersion, configuration });
    expect((await examineJson(admin)).of("route.checkpoint-gate")).toMatchObject({ level: "note", text: expect.stringContaining(text) });
  });

  test("feature gates that somebody has set are listed", async () => {
    const { admin } = await subject({ configuration: { featureGates: { ContainerCheckpoint: true, PodLogsQuerySplitStreams: true } } });
    expect((await examineJson(admin)).of("gates.set").text).toContain("ContainerCheckpoint=true, PodLogsQuerySplitStreams=true");
  });

  test("debugging handlers that are off", async () => {
    const { admin } = await subject({ configuration: { enableDebuggingHandlers: false } });
    expect((await examineJson(admin)).complaints).toContain("warning route.debugging-disabled");
  });

  test("a version that gets no more patches", async () => {
    const { admin } = await subject({ kubernetesVersion: "1.30" });
    expect((await examineJson(admin)).of("version.support").level).toBe("warning");
  });
});

describe("the read-only port", () => {
  test("is a warning, wherever it is found", async () => {
    const { kubelet } = await subject({ ports: { main: 0, healthz: 0, readOnly: 0 } });
    const { complaints, code } = await examineJson(["--server", kubelet.urls.readOnly ?? ""]);
    expect(complaints).toEqual(["warning port.read-only"]);
    expect(code).toBe(0);
  });

  test.each([
    ["v1.32.1", {}, true],
    ["v1.32.2", {}, false],
    ["v1.31.5", {}, true],
    ["v1.30.9", {}, true],
    ["v1.30.10", {}, false],
    ["v1.30.9", { featureGates: { ContainerCheckpoint: false } }, false],
    ["v1.29.13", {}, false],
    ["v1.29.13", { featureGates: { ContainerCheckpoint: true } }, true],
    ["v1.29.14", { featureGates: { ContainerCheckpoint: true } }, false],
    ["v1.28.15", { featureGates: { ContainerCheckpoint: true } }, true],
    ["v1.36.4", {}, false],
  ])("CVE-2025-0426 with %s and %j", async (kubernetesVersion, configuration, exposed) => {
    const { kubelet } = await subject({ kubernetesVersion, configuration, ports: { main: 0, healthz: 0, readOnly: 0 } });
    const { findings, code } = await examineJson(["--server", kubelet.urls.readOnly ?? ""]);
    expect(findings.some(({ id }) => id === "cve-2025-0426")).toBe(exposed);
    expect(code).toBe(exposed ? 1 : 0);
  });
});

test("several kubelets are looked at side by side, and the worst is written first", async () => {
  const well = await subject({ configuration: { ...webhook, healthzPort: 0 }, authorizationRules: [mayAll] });
  const gone = "https://127.0.0.1:1";
  const { out, code } = await cli(["doctor", ...well.admin, "--server", gone]);
  expect(out).toMatch(/^kubelet at https:\/\/127\.0\.0\.1:1: version unknown\n {2}to do {4}nothing listens on/);
  expect(out).toMatch(/something to do for 1 of 2\n$/);
  expect(code).toBe(1);
});
