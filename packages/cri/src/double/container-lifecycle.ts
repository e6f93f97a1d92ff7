import { ConnectError } from "@connectrpc/connect";
import { ContainerEventType, ContainerState } from "../generated/runtime/v1/api_pb.ts";
import type { ContainerChanges } from "./container-changes.ts";
import { noSuchProgram, notRestored, unknownError } from "./errors.ts";
import { openLogFile, type LogFile } from "./log-file.ts";
import type { ProgramMemory } from "./memory.ts";
import { findProgram, imageEntrypoint, type Execution, type ProgramContext } from "./programs.ts";
import { startProcess } from "./simulated-process.ts";
import { now, type ContainerRecord } from "./state.ts";

/**
 * Starts the container's simulated program; one that needs no waiting has ended when this returns.
 * Throws as runc does when the program is unknown, which also ends the container, with exit code 128.
 */
export function startContainer(record: ContainerRecord, changes: ContainerChanges): void {
  const announce = (type: ContainerEventType): void => changes.announce({ type, containerId: record.id, sandboxId: record.sandboxId });
  let log: LogFile | undefined;
  let main: (context: ProgramContext) => Execution;
  const { restored } = record;
  try {
    if (restored && !restored.memory) throw notRestored();
    main = mainProgram(restored?.memory ?? record.config, (record.config.metadata?.attempt ?? 0) > 0);
    log = record.logPath === "" ? undefined : openLogFile(record.logPath, restored?.log);
  } catch (error) {
    const message =
      error instanceof ConnectError
        ? error.rawMessage
        : `failed to start containerd task "${record.id}": ${error instanceof Error ? error.message : String(error)}`;
    markExited(record, 128, "StartError", message);
    announce(ContainerEventType.CONTAINER_STOPPED_EVENT);
    throw unknownError(message);
  }
  record.state = ContainerState.CONTAINER_RUNNING;
  record.startedAt = now();
  record.log = log;
  announce(ContainerEventType.CONTAINER_STARTED_EVENT);
  const { stdin, tty } = record.config;
  const observer = {
    onOutput(stream: "stdout" | "stderr", bytes: Buffer) {
      try {
        record.log?.write(stream, bytes.toString());
      } catch (error) {
        // A simulated program has no other place to fail; say so in the container's status.
        record.log = undefined;
        record.message = `cannot write the log ${record.logPath}: ${String(error)}`;
      }
      for (const each of record.attached) each.onOutput(stream, bytes);
    },
    onRead() {
      for (const each of record.attached) each.onRead?.();
    },
    onExit(exitCode: number) {
      log?.close();
      markExited(record, exitCode, exitCode === 0 ? "Completed" : "Error", record.message);
      announce(ContainerEventType.CONTAINER_STOPPED_EVENT);
      for (const each of record.attached) each.onExit(exitCode);
      record.attached.clear();
    },
  };
  const program = startProcess(main, { stdin, tty, from: restored?.memory?.steps }, observer);
  if (record.state === ContainerState.CONTAINER_RUNNING) record.program = program;
}

/** Ends a container with this exit code; does nothing to one that does not run. */
export function endContainer(record: ContainerRecord, exitCode: number): void {
  if (record.program !== undefined) record.program.stop(exitCode);
}

/** Halts a running container where it is; false when it is frozen already. */
export function freezeContainer(record: ContainerRecord): boolean {
  if (record.frozen) return false;
  record.frozen = true;
  record.program?.freeze();
  return true;
}

export function thawContainer(record: ContainerRecord): void {
  record.frozen = false;
  record.program?.thaw();
}

function markExited(record: ContainerRecord, exitCode: number, reason: string, message: string): void {
  record.program = undefined;
  record.log = undefined;
  record.frozen = false;
  record.state = ContainerState.CONTAINER_EXITED;
  record.finishedAt = now();
  record.exitCode = exitCode;
  record.reason = reason;
  record.message = message;
}

function mainProgram(
  { command, args: own }: Pick<ProgramMemory, "command" | "args">,
  isRestart: boolean,
): (context: ProgramContext) => Execution {
  const [name, ...args] = [...command, ...own];
  const program = name === undefined ? undefined : findProgram(name);
  if (program !== undefined) return (context) => program(args, { ...context, isRestart });
  // Without a command the image's own entrypoint runs, with the arguments given.
  if (command.length === 0) return imageEntrypoint;
  throw new Error(
    `OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${noSuchProgram(name ?? "")}`,
  );
}
