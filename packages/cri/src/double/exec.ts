import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { ContainerState, ContainerStateSchema, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { findContainer } from "./containers.ts";
import { interrupted, noSuchProgram, unknownError } from "./errors.ts";
import { findProgram, type Execution, type ProgramContext } from "./programs.ts";
import { runProgram } from "./run-program.ts";
import { newId, type ContainerRecord, type RuntimeState } from "./state.ts";

type ExecMethods = Pick<ServiceImpl<typeof RuntimeService>, "execSync">;

/** ExecSync with simulated programs. */
export function execMethods(state: RuntimeState): ExecMethods {
  return {
    execSync({ containerId, cmd, timeout }, context) {
      return collect(programToExec(findContainer(state, containerId), cmd), Number(timeout), context.signal);
    },
  };
}

/** The program that is run in a container; throws why it cannot be, as containerd 2.1 with runc says it. */
export function programToExec(record: ContainerRecord, cmd: readonly string[]): (context: ProgramContext) => Execution {
  if (record.state !== ContainerState.CONTAINER_RUNNING) {
    throw unknownError(`failed to exec in container: container is in ${ContainerStateSchema.value[record.state]?.name} state`);
  }
  if (record.frozen) {
    throw unknownError(`failed to exec in container: failed to create exec "${newId()}": cannot exec in a paused state`);
  }
  const start = `failed to exec in container: failed to start exec "${newId()}": OCI runtime exec failed: exec failed:`;
  const [name, ...args] = cmd;
  if (name === undefined) throw unknownError(`${start} args must not be empty`);
  const program = findProgram(name);
  if (program === undefined) {
    throw unknownError(`${start} unable to start container process: ${noSuchProgram(name)}`);
  }
  return (context) => program(args, context);
}

/** Runs the program to its end, to the timeout (seconds, 0 for none) or to the caller's cancellation. */
async function collect(start: (context: ProgramContext) => Execution, timeout: number, signal: AbortSignal) {
  const output: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const ended = Promise.withResolvers<number>();
  const program = runProgram(start({}), {
    onOutput(stream, bytes) {
      output[stream].push(bytes);
    },
    onExit: ended.resolve,
  });
  const giveUp = (error: ConnectError): void => {
    ended.reject(error);
    program.stop(137);
  };
  const onAbort = (): void => giveUp(interrupted(signal));
  const onTimeout = (): void =>
    giveUp(new ConnectError(`failed to exec in container: timeout ${timeout}s exceeded: context deadline exceeded`, Code.DeadlineExceeded));
  const timer = timeout > 0 ? setTimeout(onTimeout, timeout * 1000).unref() : undefined;
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const exitCode = await ended.promise;
    return { stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr), exitCode };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
