import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { ContainerState, ContainerStateSchema, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { findContainer } from "./containers.ts";
import { interrupted, noSuchProgram, unknownError } from "./errors.ts";
import { findProgram, type Execution } from "./programs.ts";
import { runProgram } from "./run-program.ts";
import { newId, type RuntimeState } from "./state.ts";

type ExecMethods = Pick<ServiceImpl<typeof RuntimeService>, "execSync">;

/** ExecSync with simulated programs; texts as containerd 2.1 with runc gives them. */
export function execMethods(state: RuntimeState): ExecMethods {
  return {
    execSync({ containerId, cmd, timeout }, context) {
      const record = findContainer(state, containerId);
      if (record.state !== ContainerState.CONTAINER_RUNNING) {
        throw unknownError(`failed to exec in container: container is in ${ContainerStateSchema.value[record.state]?.name} state`);
      }
      if (record.frozen) {
        throw unknownError(`failed to exec in container: failed to create exec "${newId()}": cannot exec in a paused state`);
      }
      const [name = "", ...args] = cmd;
      const program = findProgram(name);
      if (program === undefined) {
        throw unknownError(
          `failed to exec in container: failed to start exec "${newId()}": OCI runtime exec failed: exec failed: unable to start container process: ${noSuchProgram(name)}`,
        );
      }
      return collect(program(args, { stdin: false }), Number(timeout), context.signal);
    },
  };
}

/** Runs the program to its end, to the timeout (seconds, 0 for none) or to the caller's cancellation. */
async function collect(execution: Execution, timeout: number, signal: AbortSignal) {
  const output = { stdout: "", stderr: "" };
  const ended = Promise.withResolvers<number>();
  const program = runProgram(execution, {
    onOutput(stream, text) {
      output[stream] += text;
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
    return { stdout: Buffer.from(output.stdout), stderr: Buffer.from(output.stderr), exitCode };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
