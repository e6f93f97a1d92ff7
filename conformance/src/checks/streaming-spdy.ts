import type { SpdyStream } from "@kubelet-conformance/streaming";
import type { CodedRequirementId } from "@kubelet-conformance/types";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { absentName } from "../engine/variables.ts";
import { execSpdy, execTarget, startSpdy } from "../streams/command.ts";
import { openSpdyChannels } from "../streams/spdy.ts";
import { messageLimit, patienceMs, within } from "../streams/upgrade.ts";
import {
  endOfInput,
  expectExitCode,
  expectFailure,
  expectSize,
  expectSuccess,
  expectTerminal,
  expectText,
  shownSize,
  sizedTerminal,
  terminalCommand,
  terminalLines,
} from "../streams/expect.ts";
import { quotedBody } from "../engine/expectation.ts";

type Spdy = Extract<CodedRequirementId["streaming"], `streaming.spdy.${string}`>;

/** Exec over SPDY. */
export const spdy: Pick<AreaChecks<"streaming">, Spdy> = {
  "streaming.spdy.newer-client": async (context) => {
    const offered = ["v9.channel.k8s.io", "v4.channel.k8s.io"];
    const { protocol } = await openSpdyChannels(context, { target: execTarget(context, { command: ["echo"] }) }, offered);
    if (protocol !== "v4.channel.k8s.io") throw new Broken("v4.channel.k8s.io, which was offered second", String(protocol));
  },

  "streaming.spdy.stdout": async (context) => {
    expectText("stdout", (await execSpdy(context, { command: ["echo", "hi"] })).stdout, "hi\n");
  },

  "streaming.spdy.stderr": async (context) => {
    const { stdout, stderr } = await execSpdy(context, { command: bothOutputs });
    expectText("stderr", stderr, "err\n");
    expectText("stdout", stdout, "out\n");
  },

  "streaming.spdy.stdin": async (context) => {
    expectText("stdout", (await execSpdy(context, { command: ["cat"], stdin: "one\ntwo" })).stdout, "one\ntwo");
  },

  "streaming.spdy.bytes": async (context) => {
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await expectEcho(context, everyByte);
  },

  "streaming.spdy.volume": async (context) => {
    await expectEcho(context, Buffer.from("kubelet-conformance ".repeat(10_000)));
  },

  "streaming.spdy.arguments": async (context) => {
    const { stdout } = await execSpdy(context, { command: ["echo", "a  b", "$HOME", '"c";', ""] });
    expectText("stdout", stdout, 'a  b $HOME "c"; \n');
  },

  "streaming.spdy.success": async (context) => {
    expectSuccess((await execSpdy(context, { command: ["echo"] })).error);
  },

  "streaming.spdy.exit-code": async (context) => {
    expectExitCode((await execSpdy(context, { command: ["sh", "-c", "exit 42"] })).error, "42");
  },

  "streaming.spdy.high-exit-code": async (context) => {
    expectExitCode((await execSpdy(context, { command: ["sh", "-c", "exit 200"] })).error, "200");
  },

  "streaming.spdy.signal": async (context) => {
    expectExitCode((await execSpdy(context, { command: ["sh", "-c", "kill -9 $$"] })).error, "137");
  },

  "streaming.spdy.stdin-left-open": async (context) => {
    expectSuccess((await execSpdy(context, { command: ["echo"], stdin: "", keepsStdinOpen: true })).error);
  },

  "streaming.spdy.unknown-program": async (context) => {
    expectFailure((await execSpdy(context, { command: [absentName] })).error);
  },

  "streaming.spdy.v3-failure": async (context) => {
    const { error } = await execSpdy(context, { command: ["sh", "-c", "exit 42"], protocols: ["v3.channel.k8s.io"] });
    if (!/\b42\b/.test(error) || error.startsWith("{"))
      throw new Broken("a text that names the exit code 42", quotedBody({ body: Buffer.from(error) }));
  },

  "streaming.spdy.v3-success": async (context) => {
    const { error } = await execSpdy(context, { command: ["echo"], protocols: ["v3.channel.k8s.io"] });
    if (error !== "") throw new Broken("nothing on the error stream", quotedBody({ body: Buffer.from(error) }));
  },

  "streaming.spdy.terminal": async (context) => {
    const { stdout, stdin, connection } = await startSpdy(context, { command: terminalCommand, tty: true, stdin: "" });
    const seen = await within(readUntil(stdout, terminalLines), "two lines on stdout");
    stdin?.write(endOfInput);
    await within(readUntil(stdout, /$^/), "the end of the command");
    connection.close();
    expectTerminal("stdout", Buffer.from(seen));
  },

  "streaming.spdy.resize": async (context) => {
    const { stdout, connection } = await startSpdy(context, sizedTerminal);
    const seen = await within(readUntil(stdout, shownSize), "the end of a command that looks at the size of its terminal", 2 * patienceMs);
    connection.close();
    expectSize(context, seen);
  },
};

const bothOutputs = ["sh", "-c", "echo out; echo err >&2"];

/** What arrives until it matches, or the stream ends. The stream stays open. */
async function readUntil(stream: SpdyStream, pattern: RegExp): Promise<string> {
  let seen = "";
  let pieces = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    seen += String(chunk);
    pieces += 1;
    if (pattern.test(seen) || pieces >= messageLimit) break;
  }
  return seen;
}

/** What cat reads comes back. */
async function expectEcho(context: CheckContext, bytes: Buffer): Promise<void> {
  const { stdout } = await execSpdy(context, { command: ["cat"], stdin: bytes });
  if (stdout.equals(bytes)) return;
  const differs = stdout.findIndex((byte, index) => byte !== bytes[index]);
  throw new Broken(
    `the ${bytes.length} bytes that were sent`,
    `${stdout.length} bytes${differs < 0 ? "" : `, different from byte ${differs} on`}`,
  );
}
