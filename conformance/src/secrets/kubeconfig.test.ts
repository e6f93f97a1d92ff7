import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, describe, expect, test } from "vitest";
import { cli, scratch } from "../cli/cli.support.ts";
import { startRunner } from "../hostile/run.support.ts";
import { reportKinds } from "../report/files.ts";
import { lieAsApiServer } from "./lying-api-server.support.ts";
import { lieFor } from "./lying-kubelet.support.ts";
import { plantCanaries } from "./planted.support.ts";

const files = await scratch();
const canaries = plantCanaries();
const authority = await createAuthority({ commonName: "ca" });
const serving = authority.issue({ commonName: "server", names: ["127.0.0.1"], usage: "server" });
const kubelet = await startKubelet({ kubernetesVersion: "1.36" });
await kubelet.settled;
const runner = startRunner(files.directory, 2);
const closers: (() => void)[] = [];
afterAll(async () => {
  await runner.close();
  for (const close of closers) close();
  await kubelet.stop();
  await files.remove();
});

const pair = authority.issue({ commonName: "user", usage: "client" });
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const apiVersion = "client.authentication.k8s.io/v1";
const program = await files.file(
  "login",
  `#!${process.execPath}
console.error("I say ${canaries.in("words of the program")}");
console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "${apiVersion}", status: { token: "${canaries.in("token of the program")}" } }));
`,
);
await chmod(program, 0o700);
const users: Record<string, object> = {
  "a token": { token: canaries.in("token") },
  "a token file": { tokenFile: await files.file("token", `${canaries.in("token file")}\n`) },
  // A name of two letters, so that the password begins a group of base64.
  "a password": { username: "me", password: canaries.in("password") },
  "a key": { "client-certificate-data": base64(pair.cert), "client-key-data": base64(pair.key) },
  "a program": {
    exec: {
      apiVersion,
      interactiveMode: "Never",
      command: program,
      args: [`--secret=${canaries.in("argument of the program")}`],
      env: [{ name: "SECRET", value: canaries.in("variable of the program") }],
    },
  },
};

/** A cluster of liars of its own, since what they lie about depends on what they were asked before; and how this user is let in. */
async function clusterFor(user: object | undefined, refusesProxy = false): Promise<string> {
  const liar = await lieFor(kubelet, serving, canaries);
  const plane = await lieAsApiServer(liar.url, serving, refusesProxy);
  closers.push(liar.close, plane.close);
  const content = {
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: plane.url, "certificate-authority-data": base64(authority.cert) } }],
    users: [{ name: "u", user }],
  };
  return files.file(`${crypto.randomUUID()}.conf`, JSON.stringify(content));
}

function expectNone(text: string): void {
  expect(canaries.foundIn(text)).toEqual([]);
  for (const line of pair.key.split("\n").filter(({ length }) => length > 40)) {
    expect(text).not.toContain(line);
    expect(text).not.toContain(base64(line).replace(/=+$/, ""));
  }
}

describe.each(Object.keys(users))("a kubeconfig's user with %s", (name) => {
  test.each([
    ["through the node proxy", []],
    ["direct", ["--direct"]],
    ["both ways", ["--differential"]],
  ])(
    "is in no report and no output, %s",
    async (way, flags) => {
      const file = (kind: string): string => join(files.directory, `${name}-${way}.${kind}`.replaceAll(" ", "-"));
      const reports = reportKinds.flatMap((kind) => ["--report", `${kind}=${file(kind)}`]);
      const focus = ["pods", "health", "configuration", "node-labels", "authentication"].flatMap((id) => ["--focus", id]);
      const access = ["--kubeconfig", await clusterFor(users[name]), "--node", "live", ...flags];
      const ended = await runner.run([...access, ...focus, ...reports, "--timeout", "2", "--output", "plain"], {
        limitMs: 60_000,
        alone: false,
      });
      expect(ended.report?.summary, ended.err).toMatchObject({ suiteError: 0, verdict: "not-conformant" });
      expectNone(ended.everything);
      for (const kind of reportKinds) {
        const text = await readFile(file(kind), "utf8");
        expect(text).not.toBe("");
        expectNone(text);
      }
    },
    120_000,
  );

  test.each([
    [[], false],
    [[], true],
    [["--direct"], false],
  ])("is in nothing that doctor says, with %j, refused: %s", async (flags, refused) => {
    for (const output of ["text", "json"]) {
      const { code, out, err } = await cli([
        "doctor",
        "--kubeconfig",
        await clusterFor(users[name], refused),
        ...flags,
        "--output",
        output,
      ]);
      expect([code < 2, out], err).toEqual([true, expect.stringContaining(refused ? "may not get nodes/proxy" : "live")]);
      expectNone(out + err);
    }
  });
});
