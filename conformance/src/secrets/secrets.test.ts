import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, describe, expect, test } from "vitest";
import { scratch } from "../cli/cli.support.ts";
import { reportKinds } from "../report/files.ts";
import { startRunner } from "../hostile/run.support.ts";
import { lieFor } from "./lying-kubelet.support.ts";
import { plantCanaries, tarOf } from "./planted.support.ts";

const files = await scratch();
const canaries = plantCanaries();
const authority = await createAuthority({ commonName: "ca" });
const kubelet = await startKubelet({ kubernetesVersion: "1.36" });
await kubelet.settled;
const serving = authority.issue({ commonName: "node", names: ["127.0.0.1"], usage: "server" });
// One for each run: what it lies about depends on what it was asked before.
const liars = await Promise.all([1, 2, 3].map(() => lieFor(kubelet, serving, canaries)));
afterAll(async () => {
  for (const liar of liars) liar.close();
  await kubelet.stop();
  await files.remove();
});

const user = authority.issue({ commonName: "user", usage: "client" });
const dump = JSON.stringify({ config: { env: [`DB_PASSWORD=${canaries.in("archive")}`] } });
await writeFile(
  join(files.directory, "planted.tar"),
  tarOf({ "config.dump": `not JSON ${dump}`, "spec.dump": dump, "io.kubernetes.cri-o.LogPath": canaries.in("log in an archive") }),
);
const access = [
  ["--certificate-authority", await files.file("ca.pem", authority.cert)],
  ["--token-file", await files.file("token", canaries.in("token"))],
  ["--client-certificate", await files.file("user.pem", user.cert)],
  ["--client-key", await files.file("user-key.pem", user.key)],
  ["--declare", `identity.none=${await files.file("none", canaries.in("token of another identity"))}`],
  ["--exec", "default/planted/web"],
  ["--checkpoint", "default/planted/web"],
  ["--node-root", files.directory],
  ["--timeout", "2"],
].flat();

const reports = reportKinds.flatMap((kind) => ["--report", `${kind}=${join(files.directory, `report.${kind}`)}`]);
const runner = startRunner(files.directory, 3);
const [plain, pretty, json] = await Promise.all(
  ["plain", "pretty", "json"].map((form, index) =>
    runner.run(["--server", liars[index]?.url ?? "", ...access, "--output", form, ...(form === "plain" ? reports : [])], {
      limitMs: 120_000,
      alone: true,
    }),
  ),
);
await runner.close();

describe("secrets that are planted everywhere", () => {
  test("are in what the kubelet sends, and many requirements fail on it", () => {
    expect(plain?.code, plain?.err).toBe(1);
    expect(plain?.report?.summary.suiteError).toBe(0);
    expect(plain?.report?.summary.failed).toBeGreaterThan(200);
  });

  test.each([
    ["plain", plain],
    ["pretty", pretty],
    ["json", json],
  ])("are not in the output %s", (_form, ended) => {
    expect(ended?.code).toBe(1);
    expect(canaries.foundIn(ended?.everything ?? "")).toEqual([]);
    for (const line of user.key.split("\n").filter(({ length }) => length > 40)) expect(ended?.everything).not.toContain(line);
  });

  test.each(reportKinds)("are not in a report of kind %s", async (kind) => {
    const text = await readFile(join(files.directory, `report.${kind}`), "utf8");
    expect(text).not.toBe("");
    expect(canaries.foundIn(text)).toEqual([]);
  });
});
