import { finished } from "node:stream/promises";
import { exitStatus, followTerminalSizes, internalErrorStatus, successStatus, type ErrorStatus } from "@kubelet-conformance/streaming";
import { ConnectError } from "@connectrpc/connect";
import { findContainer } from "../containers.ts";
import { programToExec } from "../exec.ts";
import type { ProgramObserver } from "../run-program.ts";
import { startProcess, type SimulatedProcess } from "../simulated-process.ts";
import type { RuntimeState } from "../state.ts";
import type { CommandStreams } from "./command-streams.ts";
import { flowOf } from "./flow.ts";

/** What an exec needs beyond its streams. */
export interface ExecCommand {
  readonly containerId: string;
  readonly cmd: readonly string[];
  readonly tty: boolean;
}

/** Runs a program in a container with these streams, and tells how it ended. */
export async function execCommand(
  state: RuntimeState,
  { containerId, cmd, tty }: ExecCommand,
  streams: CommandStreams,
): Promise<ErrorStatus> {
  try {
    const program = programToExec(findContainer(state, containerId), cmd);
    const exited = Promise.withResolvers<number>();
    const flow = flowOf(streams);
    const process = startProcess(program, { stdin: streams.stdin !== undefined, tty }, { ...flow, onExit: exited.resolve });
    feed(process, streams, true);
    flow.control(process);
    // containerd takes the end of a typist's input for the end of the session; the program goes on unseen.
    if (tty) streams.stdin?.on("end", () => streams.stdout?.end());
    // Nobody is left to see what it does.
    void streams.closed.then(() => process.stop(137));
    const exitCode = await exited.promise;
    await endOutput(streams);
    if (exitCode === 0) return successStatus();
    const reason = `error executing command [${cmd.join(" ")}], exit code ${exitCode}`;
    return exitStatus(exitCode, `command terminated with non-zero exit code: ${reason}`);
  } catch (error) {
    return internalErrorStatus(`error executing command in container: ${textOf(error)}`);
  }
}

/** Shows what a container's own program prints from now on, and feeds its standard input if it has one; ends with the program. */
export async function attachToContainer(state: RuntimeState, containerId: string, streams: CommandStreams): Promise<ErrorStatus> {
  try {
    const record = findContainer(state, containerId);
    const { program } = record;
    if (program === undefined) throw new Error("container is in CONTAINER_EXITED state");
    const ended = Promise.withResolvers<void>();
    const flow = flowOf(streams);
    const observer: ProgramObserver = { onOutput: flow.onOutput, onRead: flow.onRead, onExit: () => ended.resolve() };
    record.attached.add(observer);
    const { stdin, stdinOnce, tty } = record.config;
    const endsInput = stdinOnce && !tty;
    if (stdin) {
      feed(program, streams, endsInput);
      // The end of the client's input ends the container's, or else the session (containerd's ContainerIO.Attach).
      if (!endsInput || (streams.stdout === undefined && streams.stderr === undefined)) streams.stdin?.once("end", () => ended.resolve());
    } else streams.stdin?.resume();
    // All of the container's output waits for a client that does not read, as it goes to the log and to the client in one.
    flow.control(program);
    await Promise.race([ended.promise, streams.closed]);
    record.attached.delete(observer);
    flow.release();
    await endOutput(streams);
    return successStatus();
  } catch (error) {
    return internalErrorStatus(`error attaching to container: ${textOf(error)}`);
  }
}

function feed(process: SimulatedProcess, { stdin, resize }: CommandStreams, endsInput: boolean): void {
  stdin?.on("data", (bytes: Buffer) => process.write(bytes));
  if (endsInput) stdin?.on("end", () => process.endInput());
  if (resize === undefined) return;
  followTerminalSizes(resize, (size) => {
    if (size.Width > 0 && size.Height > 0) process.resize(size);
  });
}

async function endOutput({ stdout, stderr }: CommandStreams): Promise<void> {
  const ends = [stdout, stderr].flatMap((stream) =>
    stream === undefined || stream.destroyed ? [] : stream.writableEnded ? stream : stream.end(),
  );
  await Promise.all(ends.map((stream) => finished(stream, { readable: false }).catch(() => undefined)));
}

function textOf(error: unknown): string {
  if (error instanceof ConnectError) return error.rawMessage;
  return error instanceof Error ? error.message : String(error);
}
