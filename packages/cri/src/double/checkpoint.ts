import { chmod, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { writeArchive } from "@kubelet-conformance/checkpoint-archive";
import { ContainerState, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { checkpointOutcomes, type CheckpointBehaviour, type CheckpointOutcome } from "./checkpoint-outcomes.ts";
import { freezeContainer, thawContainer } from "./container-lifecycle.ts";
import { findContainer } from "./containers.ts";
import { interrupted, unknownError } from "./errors.ts";
import { encodeMemory } from "./memory.ts";
import type { ContainerRecord, RuntimeState } from "./state.ts";

export interface CheckpointSettings {
  /** The outcome in force. */
  checkpoint(): CheckpointOutcome;
  /** Settles when the checkpoints that wait now may proceed. */
  released(): Promise<void>;
  /** Cuts the connections of the sockets that the double is served on. */
  cutConnections(): void;
  readonly archiveLayout: "containerd" | "cri-o";
  readonly socketPath: string;
}

type CheckpointMethods = Pick<ServiceImpl<typeof RuntimeService>, "checkpointContainer">;

type Leaves = Extract<CheckpointBehaviour, { answers: "ok" }>["leaves"] | "partial-archive";

export function checkpointMethods(state: RuntimeState, settings: CheckpointSettings): CheckpointMethods {
  return {
    async checkpointContainer({ containerId, location }, { signal }) {
      const outcome = settings.checkpoint();
      const behaviour = behaviourOf(outcome);
      const staysFrozen = typeof outcome === "object" && "frozen" in outcome;
      const record = behaviour.answers === "ok" ? runningContainer(state, containerId) : state.containers.get(containerId);
      // Who finds the container frozen leaves it so, as containerd does.
      const froze = record !== undefined && freezeContainer(record);
      try {
        if (typeof outcome === "object" && "slowMs" in outcome) await pause(outcome.slowMs, signal);
        if (behaviour.answers === "ok" && behaviour.waits === "release") await unlessAborted(settings.released(), signal);
        if (behaviour.answers === "ok" && behaviour.waits === "forever") await unlessAborted(new Promise<never>(() => {}), signal);
        if (behaviour.leaves !== undefined && record !== undefined) {
          await leave(behaviour.leaves, location, record, state, settings, signal);
        }
      } finally {
        if (froze && !staysFrozen) thawContainer(record);
      }
      if (behaviour.answers === "ok") return {};
      if (behaviour.cuts) settings.cutConnections();
      throw refusal(behaviour, { id: containerId, location, socket: settings.socketPath });
    },
  };
}

/** The container of this id; throws NotFound, or CRI-O's words when it does not run. A kubelet has just seen it running. */
function runningContainer(state: RuntimeState, id: string): ContainerRecord {
  const record = findContainer(state, id);
  if (record.state !== ContainerState.CONTAINER_RUNNING) throw unknownError(`container ${id} is not running`);
  return record;
}

/** The failure of every call while nobody listens; undefined while somebody does. */
export function unreachable(settings: CheckpointSettings): ConnectError | undefined {
  const behaviour = behaviourOf(settings.checkpoint());
  if (behaviour.answers === "ok" || !behaviour.everyMethod) return undefined;
  return refusal(behaviour, { id: "", location: "", socket: settings.socketPath });
}

function behaviourOf(outcome: CheckpointOutcome): CheckpointBehaviour {
  if (typeof outcome === "string") return checkpointOutcomes[outcome];
  if ("outcome" in outcome) return checkpointOutcomes[outcome.outcome];
  if ("slowMs" in outcome) return checkpointOutcomes.ok;
  return { answers: outcome.code, text: outcome.text };
}

function refusal(
  { answers, text }: Extract<CheckpointBehaviour, { text: string }>,
  places: { id: string; location: string; socket: string },
): ConnectError {
  const filled = text.replaceAll(/\{(id|location|socket)\}/g, (_, name: keyof typeof places) => places[name]);
  return new ConnectError(filled, Code[answers]);
}

async function leave(
  what: Leaves,
  location: string,
  record: ContainerRecord,
  state: RuntimeState,
  { archiveLayout }: CheckpointSettings,
  signal: AbortSignal,
): Promise<void> {
  if (what === "nothing") return;
  try {
    if (what === "not-a-tar") {
      await writeFile(location, "this is not a checkpoint archive\n", { mode: 0o600 });
      return;
    }
    const metadata = state.sandboxes.get(record.sandboxId)?.config.metadata;
    await writeArchive(location, {
      layout: archiveLayout,
      container: {
        id: record.id,
        name: record.config.metadata?.name ?? "",
        podName: metadata?.name ?? "",
        namespace: metadata?.namespace ?? "",
        podUid: metadata?.uid ?? "",
        image: record.image.name,
        imageRef: record.image.id,
      },
      createdAt: new Date(Number(record.createdAt / 1_000_000n)),
      log: await logOf(record),
      memory: memoryOf(record),
      signal,
    });
    if (what === "readable-archive") await chmod(location, 0o644);
    if (what === "partial-archive" || what === "truncated-archive") await truncate(location, Math.floor((await stat(location)).size / 2));
  } catch (error) {
    throw signal.aborted ? interrupted(signal) : writeFailure(location, error);
  }
}

/** Of the program that runs: that of a restored container is not what its configuration says. */
function memoryOf({ config, restored, program }: ContainerRecord): Uint8Array {
  const { command, args, stdin } = restored?.memory ?? config;
  return encodeMemory({ command, args, stdin, steps: program?.steps() ?? 0 });
}

async function logOf({ logPath }: ContainerRecord): Promise<string> {
  return logPath === "" ? "" : readFile(logPath, "utf8");
}

/** Node's error codes in the words of Go's syscall.Errno. */
const ERRNO_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOTDIR: "not a directory",
  EISDIR: "is a directory",
  ENOSPC: "no space left on device",
  EROFS: "read-only file system",
};

function writeFailure(location: string, error: unknown): ConnectError {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const verb = code === "ENOSPC" ? "write" : "open";
  return unknownError(`${verb} ${location}: ${ERRNO_TEXTS[code] ?? String(error)}`);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal, ref: false });
  } catch {
    throw interrupted(signal);
  }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(interrupted(signal));
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
