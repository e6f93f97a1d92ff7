import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { benchFleet } from "./fleet.ts";
import { benchMock } from "./mock.ts";
import { line, median, timeNode } from "./measure.ts";
import { requestsPerSecond } from "./requests.ts";

const asked = readFlags();
if (asked.fleet) {
  await benchFleet(asked.nodes);
  process.exit();
}
if (asked.mock) {
  await benchMock();
  process.exit();
}

/** Prints the figures of this package against their goals. Measures dist, as users run it. Never fails: timings are no tests. */
const bin = fileURLToPath(new URL("../bin/kubelet-conformance.js", import.meta.url));
const directory = await mkdtemp(join(tmpdir(), "conformance-bench-"));
const kubelet = await startKubelet({ kubernetesVersion: "1.37" });
try {
  await kubelet.settled;
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(directory, name), content, { mode: 0o600 });
    return join(directory, name);
  };
  const { cert = "", key = "" } = kubelet.adminCredentials ?? {};
  const access = [
    "--server",
    kubelet.urls.main,
    "--certificate-authority",
    await file("ca.pem", kubelet.caCertificate),
    "--client-certificate",
    await file("admin.pem", cert),
    "--client-key",
    await file("admin-key.pem", key),
    "--checkpoint",
    `default/sample-${kubelet.nodeName}/counter`,
    "--node-root",
    "/",
    "--declare",
    `root-dir=${kubelet.rootDirectory}`,
  ];
  const seconds = (milliseconds: number): number => milliseconds / 1000;

  const whole = await median(5, () => timeNode([bin, "run", ...access, "--output", "plain"]));
  console.log(line("run, all areas, against the local reference kubelet", seconds(whole), "s", { atMost: 1.0 }));
  const start = await median(5, () => timeNode([bin, "run", ...access.slice(0, 8), "--focus", "health.check.ping", "--output", "plain"]));
  console.log(line("  the same with one requirement: Node's start, our imports, discovery", seconds(start), "s", { atMost: 0.35 }));
  const rate = await requestsPerSecond(`${kubelet.urls.main}/healthz`, { tlsOptions: { cert, key, ca: kubelet.caCertificate } });
  console.log(line("reference kubelet, GET /healthz over TLS keep-alive", rate, "1/s", { atLeast: 10_000 }));
  await kubelet.stop();
  const testbed = await median(1, () => timeNode([bin, "testbed", "--kubelet", "reference", "--output", "plain"]));
  console.log(line("testbed, every scenario on the reference kubelet", seconds(testbed), "s", { atMost: 10 }));
  const proving = await median(1, () => timeNode([bin, "prove"], [0, 1]));
  console.log(line("prove, every deviation", seconds(proving), "s", { atMost: 20 }));
} finally {
  await kubelet.stop();
  await rm(directory, { recursive: true, force: true });
}

function readFlags(): { fleet: boolean; mock: boolean; nodes: number } {
  try {
    const { values } = parseArgs({ options: { fleet: { type: "boolean" }, mock: { type: "boolean" }, nodes: { type: "string" } } });
    const { fleet = false, mock = false, nodes = "1000" } = values;
    if (fleet && mock) throw new Error("--fleet and --mock are two benches; give one of them");
    if (!fleet && values.nodes !== undefined) throw new Error("--nodes goes with --fleet");
    if (!/^[1-9]\d{0,3}$/.test(nodes)) throw new Error(`--nodes ${nodes}: write a number from 1 to 9999`);
    return { fleet, mock, nodes: Number(nodes) };
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    return process.exit(2);
  }
}
