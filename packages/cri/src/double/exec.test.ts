import { expect, test } from "vitest";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { runContainer, startDouble } from "./fixture.test.support.ts";

async function exec(cmd: string[], options: { timeout?: bigint; timeoutMs?: number } = {}) {
  const { client } = startDouble();
  const { containerId } = await runContainer(client);
  const { timeoutMs, timeout = 0n } = options;
  try {
    const answer = await client.runtime.execSync({ containerId, cmd, timeout }, timeoutMs ? { timeoutMs } : {});
    return [answer.exitCode, Buffer.from(answer.stdout).toString(), Buffer.from(answer.stderr).toString()];
  } catch (error) {
    return grpcErrorText(error);
  }
}

test("output and exit code", async () => {
  expect(await exec(["echo", "hi"])).toEqual([0, "hi\n", ""]);
  expect(await exec(["cat", "/absent"])).toEqual([1, "", "cat: can't open '/absent': No such file or directory\n"]);
});

test.each(["", "absent"])("no such program: %j", async (name) => {
  expect(await exec([name])).toMatch(
    new RegExp(
      `^rpc error: code = Unknown desc = failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in \\$PATH$`,
    ),
  );
});

test.each([
  ["/absent/x", "stat /absent/x: no such file or directory"],
  ["/tmp", "is a directory"],
])("no program at the path %s", async (path, reason) => {
  expect(await exec([path])).toMatch(`unable to start container process: exec: "${path}": ${reason}`);
});

test("a program that outlasts the exec's timeout, or the caller's deadline", async () => {
  expect(await exec(["sleep", "infinity"], { timeout: 1n })).toBe(
    "rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout 1s exceeded: context deadline exceeded",
  );
  expect(await exec(["sleep", "infinity"], { timeoutMs: 30 })).toBe("rpc error: code = DeadlineExceeded desc = context deadline exceeded");
});

test("a container that has ended", async () => {
  const { client } = startDouble();
  const { containerId } = await runContainer(client, { command: ["true"] });
  expect(await client.runtime.execSync({ containerId, cmd: ["ls"] }).catch(grpcErrorText)).toBe(
    "rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state",
  );
});
