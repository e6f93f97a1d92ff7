import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const source = `import { main } from ${JSON.stringify(new URL("./cli.ts", import.meta.url).href)}; await main(process.argv.slice(1));`;

function start(...args: string[]): ChildProcess {
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  return spawn(process.execPath, ["--conditions=@kubelet-conformance/source", "--input-type=module", "--eval", source, "--", ...args], {
    cwd,
  });
}

async function run(...args: string[]): Promise<{ code: number | null; output: string; errors: string }> {
  const child = start(...args);
  let output = "";
  let errors = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, output, errors };
}

describe("mock-kubelet", () => {
  it("does not mind that nobody reads what it says", async () => {
    const child = start("--help");
    child.stdout?.destroy();
    await once(child, "close");
    expect(child.exitCode).toBe(0);
  });

  it.each([
    ["--prot 1", "mock-kubelet: unknown option --prot; did you mean --port?\n"],
    ["--nocors", "mock-kubelet: unknown option --nocors; did you mean --no-cors?\n"],
    ["--no-strict", "mock-kubelet: unknown option --no-strict; did you mean --strict?\n"],
    ["--port http", 'mock-kubelet: --port "http" is no port; use 0 to 65535\n'],
    ["--port", "mock-kubelet: --port needs a value: --port N\n"],
    ["--http=yes", 'mock-kubelet: --http takes no value; write it without "=yes"\n'],
    ["--scenari a.yaml", "mock-kubelet: unknown option --scenari; did you mean --scenario?\n"],
    ["--watch", "mock-kubelet: --watch has nothing to watch; give --scenario FILE or --spec FILE\n"],
    ["--scenario absent.yaml", "mock-kubelet: absent.yaml does not exist; give a file of scenarios, YAML or JSON\n"],
    ["serve", 'mock-kubelet: unexpected argument "serve"; options begin with --\n'],
    ["--tls-cert-file a.pem", "mock-kubelet: --tls-cert-file and --tls-private-key-file go together; give both\n"],
    [
      "--tls-cert-file absent.pem --tls-private-key-file absent.key",
      "mock-kubelet: --tls-cert-file absent.pem does not exist; give a PEM file\n",
    ],
  ])("refuses %s", async (args, errors) => {
    expect(await run(...args.split(" "))).toEqual({ code: 2, output: "", errors });
  });

  it("names the versions that it covers", async () => {
    expect(await run("--kubernetes-version", "1.20")).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Kubernetes "1.20" is not covered; use one of 1.25'),
    });
  });

  it("prints its options, on one screen", async () => {
    const { code, output } = await run("--help");
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("--kubernetes-version V") });
    const lines = output.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it("prints its version", async () => {
    expect(await run("--version")).toEqual({ code: 0, output: expect.stringMatching(/^mock-kubelet \d+\.\d+\.\d+\n$/), errors: "" });
  });

  it("serves until it is told to stop", async () => {
    const child = start("--port", "0", "--http", "--kubernetes-version", "1.30", "--scenario", "examples/scenarios.yaml");
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const [line] = (await once(lines, "line")) as [string]; // readline's event
    const url = /http:[^\s,]+/.exec(line)?.[0] ?? "";
    expect(line).toMatch(/^mock-kubelet 1\.30 on http:\/\/127\.0\.0\.1:\d+, scenario overloaded$/);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("ok");
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
  });
});
