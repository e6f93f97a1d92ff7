import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";
import { exitCodeOf, decodeStatus, encodeTerminalSize, type SpdyConnection } from "@kubelet-conformance/streaming";
import { expect, test } from "vitest";
import { grpcErrorText } from "../../grpc/grpc-error.ts";
import { runContainer, startDouble } from "../fixture.test.support.ts";
import { spdyTo, upgrade, webSocketTo } from "./client.test.support.ts";

const noStreams = { stdin: false, stdout: false, stderr: false, tty: false };

async function execUrl(cmd: string[], flags: Partial<typeof noStreams> = { stdout: true, stderr: true }): Promise<string> {
  const { client } = startDouble();
  const { containerId } = await runContainer(client);
  return (await client.runtime.exec({ containerId, cmd, ...noStreams, ...flags })).url;
}

/** Opens the streams, sends the input, and collects what comes. */
async function command(spdy: SpdyConnection, types: readonly string[], input = "") {
  const error = await spdy.createStream({ streamType: "error" });
  const streams = new Map<string, Promise<string>>();
  for (const type of types) {
    const stream = await spdy.createStream({ streamType: type });
    if (type === "stdin") stream.end(input);
    streams.set(type, text(stream));
  }
  const status = await text(error);
  const outputs = await Promise.all(types.map(async (type) => [type, await streams.get(type)] as const));
  const all: Record<string, string | undefined> = Object.fromEntries(outputs.filter(([type]) => type !== "stdin"));
  all["status"] = status;
  return all;
}

test("v4 over SPDY: output, errors and the exit code as JSON", async () => {
  const url = await execUrl(["sh", "-c", "echo out; echo bad >&2; exit 3"]);
  const spdy = await spdyTo(url, "v4.channel.k8s.io");
  const { stdout, stderr, status } = await command(spdy, ["stdout", "stderr"]);
  expect([stdout, stderr]).toEqual(["out\n", "bad\n"]);
  expect(exitCodeOf(decodeStatus(status ?? "") ?? {})).toBe(3);
  expect(await spdy.closed).toBeUndefined();
});

test.each(["v3.channel.k8s.io", "v2.channel.k8s.io"])("%s: the error stream is plain text", async (protocol) => {
  const failing = await command(await spdyTo(await execUrl(["false"]), protocol), ["stdout", "stderr"]);
  expect(failing.status).toBe("command terminated with non-zero exit code: error executing command [false], exit code 1");
  const fine = await command(await spdyTo(await execUrl(["echo", "hi"]), protocol), ["stdout", "stderr"]);
  expect(fine).toEqual({ stdout: "hi\n", stderr: "", status: "" });
});

test("the first version of the protocol ends the error stream unused", async () => {
  const outcome = await command(await spdyTo(await execUrl(["echo", "hi"]), "channel.k8s.io"), ["stdout", "stderr"]);
  expect(outcome).toEqual({ stdout: "hi\n", stderr: "", status: "" });
});

test("standard input reaches the program, and ends with its stream", async () => {
  const url = await execUrl(["cat"], { stdin: true, stdout: true });
  const outcome = await command(await spdyTo(url, "v4.channel.k8s.io"), ["stdin", "stdout"], "some input");
  expect(outcome).toEqual({ stdout: "some input", status: '{"metadata":{},"status":"Success"}' });
});

test("a program that the image lacks is an internal error", async () => {
  const { status } = await command(await spdyTo(await execUrl(["absent"]), "v4.channel.k8s.io"), ["stdout", "stderr"]);
  expect(decodeStatus(status ?? "")).toMatchObject({ status: "Failure", reason: "InternalError", code: 500 });
  expect(decodeStatus(status ?? "")?.message).toMatch(
    /^Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: .*"absent": executable file not found in \$PATH$/,
  );
});

test("a terminal echoes, and knows its size", async () => {
  const url = await execUrl(["sh"], { stdin: true, stdout: true, tty: true });
  const spdy = await spdyTo(url, "v4.channel.k8s.io");
  const [error, stdin, stdout, resize] = await Promise.all(
    ["error", "stdin", "stdout", "resize"].map((streamType) => spdy.createStream({ streamType })),
  );
  await new Promise((resolve) => resize?.write(encodeTerminalSize({ Width: 132, Height: 50 }), resolve));
  stdin?.write("stty size\rexit 7\r");
  expect(await text(stdout!)).toBe("/ # stty size\r\n50 132\r\n/ # exit 7\r\n");
  expect(exitCodeOf(decodeStatus(await text(error!)) ?? {})).toBe(7);
});

test.each([
  ["exit 200", 200],
  ["exit 300", 44],
  ["kill -9 $$", 137],
  ["kill $$", 143],
  ["echo $$; kill -SIGHUP $$; echo not this", 129],
])("the shell's %s is told as exit code %d", async (script, exitCode) => {
  const { status } = await command(await spdyTo(await execUrl(["sh", "-c", script]), "v4.channel.k8s.io"), ["stdout", "stderr"]);
  expect(exitCodeOf(decodeStatus(status ?? "") ?? {})).toBe(exitCode);
});

test.each([
  ["/no/such", "stat /no/such: no such file or directory"],
  ["/etc", "is a directory"],
  ["/etc/passwd", "permission denied"],
  ["", "executable file not found in $PATH"],
])("%j cannot be run, in runc's words", async (path, reason) => {
  const { status } = await command(await spdyTo(await execUrl([path]), "v4.channel.k8s.io"), ["stdout", "stderr"]);
  expect(decodeStatus(status ?? "")?.message).toMatch(new RegExp(`: exec: "${path}": ${reason.replace("$", "\\$")}$`));
});

test("a terminal over WebSocket shows nothing to who asked for no input, which is at its end at once", async () => {
  const url = await execUrl(["sh", "-c", "sleep 0.05; echo hi"], { stdout: true, tty: true });
  const { closed, messages } = await webSocketTo(url, "v4.channel.k8s.io");
  expect(await closed).toBe(1000);
  expect(messages).toEqual(["01", `03${Buffer.from('{"metadata":{},"status":"Success"}').toString("hex")}`]);
});

test("the frames over WebSocket are those that were recorded", async () => {
  const flags = { stdout: true, stderr: true };
  const v4 = await webSocketTo(await execUrl(["echo", "hi"], flags), "v4.channel.k8s.io");
  expect(await v4.closed).toBe(1000);
  expect(v4.messages).toEqual(["01", "0168690a", `03${Buffer.from('{"metadata":{},"status":"Success"}').toString("hex")}`]);
  const none = await webSocketTo(await execUrl(["echo", "hi"], flags), "");
  expect(await none.closed).toBe(1000);
  expect(none.messages).toEqual(["01", "0168690a"]);
  const base64 = await webSocketTo(await execUrl(["echo", "hi"], flags), "base64.channel.k8s.io");
  expect(await base64.closed).toBe(1000);
  expect(base64.messages).toEqual(["1", "1aGkK"]);
});

test("attach shows what the container prints, and feeds its standard input", async () => {
  const { client } = startDouble();
  const { containerId } = await runContainer(client, { command: ["cat"], stdin: true });
  const { url } = await client.runtime.attach({ containerId, ...noStreams, stdin: true, stdout: true });
  const { socket, messages, closed } = await webSocketTo(url, "v4.channel.k8s.io");
  socket.send(Buffer.from("\0typed"));
  while (messages.length < 2) await once(socket, "message");
  expect(messages).toEqual(["01", Buffer.from("\x01typed").toString("hex")]);
  await client.runtime.stopContainer({ containerId, timeout: 0n });
  expect(await closed).toBe(1000);
  expect(messages.at(-1)).toBe(`03${Buffer.from('{"metadata":{},"status":"Success"}').toString("hex")}`);
});

test("the end of the client's input ends an attachment, or the input of a container that has it once", async () => {
  const { client } = startDouble();
  const container = async (stdinOnce: boolean) => (await runContainer(client, { command: ["cat"], stdin: true, stdinOnce })).containerId;
  const attach = async (containerId: string) => {
    const { url } = await client.runtime.attach({ containerId, ...noStreams, stdin: true, stdout: true });
    return command(await spdyTo(url, "v4.channel.k8s.io"), ["stdout", "stdin"], "typed");
  };
  const lasting = await container(false);
  expect(await attach(lasting)).toEqual({ stdout: "typed", status: '{"metadata":{},"status":"Success"}' });
  expect(await attach(lasting)).toEqual({ stdout: "typed", status: '{"metadata":{},"status":"Success"}' });
  const single = await container(true);
  expect(await attach(single)).toEqual({ stdout: "typed", status: '{"metadata":{},"status":"Success"}' });
  expect((await client.runtime.containerStatus({ containerId: single })).status?.exitCode).toBe(0);
});

test("port-forward over SPDY reaches the pod's port, and tells when nothing listens", async () => {
  const { client } = startDouble();
  const { podSandboxId } = await runContainer(client);
  const { url } = await client.runtime.portForward({ podSandboxId, port: [] });
  const spdy = await spdyTo(url, "portforward.k8s.io");
  const open = async (port: string, requestID: string) => {
    const error = await spdy.createStream({ streamType: "error", port, requestID });
    const data = await spdy.createStream({ streamType: "data", port, requestID });
    return { error, data };
  };
  const web = await open("8080", "0");
  web.data.write("GET / HTTP/1.1\r\nHost: pod\r\nConnection: close\r\n\r\n");
  expect(await text(web.data)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*hello from counter-node\n$/);
  expect(await text(web.error)).toBe("");
  const closed = await open("80", "1");
  expect(await text(closed.error)).toContain(`error forwarding port 80 to pod ${podSandboxId}, uid : failed to execute portforward`);
  expect(await text(closed.data)).toBe("");
  await expect(spdy.createStream({ streamType: "data", port: "x" })).rejects.toMatchObject({ code: "stream-refused" });
  spdy.close();
  await spdy.closed;
});

test("port-forward over WebSocket announces each port on its two channels", async () => {
  const { client } = startDouble();
  const { podSandboxId } = await runContainer(client);
  const { url } = await client.runtime.portForward({ podSandboxId, port: [80, 81] });
  const { messages, closed } = await webSocketTo(url, "v4.channel.k8s.io");
  expect(await closed).toBe(1000);
  expect(messages.slice(0, 4)).toEqual(["005000", "015000", "025100", "035100"]);
  expect(messages).toHaveLength(6);
});

test("refusals are those that were recorded", async () => {
  const url = await execUrl(["ls"]);
  const bad = await upgrade(url, { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": "v9.channel.k8s.io" });
  expect(bad).toMatchObject({ status: 403 });
  const line =
    "unable to upgrade: unable to negotiate protocol: client supports [v9.channel.k8s.io], " +
    "server accepts [v4.channel.k8s.io v3.channel.k8s.io v2.channel.k8s.io channel.k8s.io]\n";
  expect(bad.body).toBe(line + line);
  expect(await upgrade(url, { Upgrade: "SPDY/3.1" })).toMatchObject({ status: 404, body: "404 page not found\n" });
  const none = await upgrade(await execUrl(["ls"]), { Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": "" });
  const empty = "unable to upgrade: header X-Stream-Protocol-Version contains [], but no valid protocols\n";
  expect(none).toMatchObject({ status: 400, body: empty + empty });
});

test("requests that make no sense get no URL", async () => {
  const { client } = startDouble();
  const { containerId } = await runContainer(client);
  const exec = async (flags: Partial<typeof noStreams>) =>
    client.runtime.exec({ containerId, cmd: ["ls"], ...noStreams, ...flags }).then(({ url }) => url, grpcErrorText);
  expect(await exec({ tty: true, stdout: true, stderr: true })).toBe(
    "rpc error: code = InvalidArgument desc = tty and stderr cannot both be true",
  );
  expect(await exec({})).toBe("rpc error: code = InvalidArgument desc = one of stdin, stdout, or stderr must be set");
  expect(await exec({ stdout: true })).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/exec\/[\w-]{8}$/);
});

test.each(["SPDY", "WebSocket"])(
  "over %s a client that reads nothing has to wait with its input, and loses none of it",
  async (protocol) => {
    const url = await execUrl(["cat"], { stdin: true, stdout: true });
    const piece = Buffer.alloc(1 << 16, "x");
    const most = 1024;
    let sent = 0;
    let received = 0;
    /** Sends until the other side has taken nothing for a while. */
    const fill = async (send: () => Promise<unknown>): Promise<void> => {
      for (; sent < most; sent += 1) {
        const isTaken = await Promise.race([send().then(() => true), after(500, false)]);
        if (!isTaken) return;
      }
    };
    if (protocol === "SPDY") {
      const spdy = await spdyTo(url, "v4.channel.k8s.io");
      const [, stdin, stdout] = await Promise.all(["error", "stdin", "stdout"].map((streamType) => spdy.createStream({ streamType })));
      await fill(() => new Promise((resolve) => stdin?.write(piece, resolve)));
      stdin?.end();
      for await (const bytes of stdout!) received += (bytes as Buffer).length; // No encoding is set.
    } else {
      const { socket } = await webSocketTo(url, "v4.channel.k8s.io");
      socket.pause();
      const message = Buffer.concat([Buffer.of(0), piece]);
      await fill(() => new Promise((resolve) => socket.send(message, { binary: true }, resolve)));
      socket.on("message", (data: Buffer) => (received += data.length - 1));
      socket.resume();
      while (received < (sent + 1) * piece.length) await once(socket, "message");
      socket.terminate();
    }
    expect(sent).toBeLessThan(most);
    expect(received).toBe((sent + 1) * piece.length);
  },
);
