import { type ConnectRouter, createRouterTransport, createServiceImplSpec, type Transport } from "@connectrpc/connect";
import { runtimeClient, type RuntimeClient } from "../client.ts";
import { ImageService, RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { inProcessTransport } from "../grpc/in-process.ts";
import { speakGo } from "../grpc/socket-transport.ts";
import { createCallLog, scalarFields, type CallLog, type RecordedCall } from "../grpc/calls.ts";
import type { CheckpointOutcome } from "./checkpoint-outcomes.ts";
import { createImageStore } from "./image-store.ts";
import { endContainer } from "./container-lifecycle.ts";
import { createContainerChanges } from "./container-changes.ts";
import { KILLED } from "./containers.ts";
import { defineRoutes, type Protocols, type Services, servicesOf } from "./routes.ts";
import type { RuntimeFault } from "./runtime-faults.ts";
import type { RuntimeState } from "./state.ts";
import { createStreamingServer, type StreamingServer } from "./streaming/server.ts";

export interface RuntimeDoubleOptions {
  /** What Version reports as runtime_version. Default `2.1.9+unknown`. */
  readonly runtimeVersion?: string;
  /** What CheckpointContainer does at first. Default `ok`. */
  readonly checkpoint?: CheckpointOutcome;
  /** The engine whose archives are written. Default `containerd`. */
  readonly archiveLayout?: "containerd" | "cri-o";
  /** The socket that the outcome `dead` names. Default `/run/containerd/containerd.sock`. */
  readonly socketPath?: string;
  /**
   * The directory that images and containers are said to lie in. A real kubelet looks at the filesystem of it for
   * `/stats/summary`, so it should exist there. Default `/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs`.
   */
  readonly imageDirectory?: string;
}

/** The whole of an in-process transport speaks one protocol. */
const oneProtocol: Protocols = { grpc: false, grpcWeb: false };

/**
 * A container runtime that kubelets accept: pods and containers are data, their programs are simulated, and what
 * CheckpointContainer does is chosen by name. Nothing of it runs on the host but timers, files that the caller asks for
 * (logs, archives) and, from the first Exec, Attach or PortForward on, a streaming server on a loopback port. Close it to end them.
 */
export class RuntimeDouble {
  /** What CheckpointContainer does from the next call on. */
  checkpoint: CheckpointOutcome;
  /** Wrong answers in force; add and delete them at any time. */
  readonly faults = new Set<RuntimeFault>();
  /** Sandboxes, containers and images, live. */
  readonly state: RuntimeState;
  readonly #options: Required<Omit<RuntimeDoubleOptions, "checkpoint" | "imageDirectory">>;
  readonly #log: CallLog = createCallLog(scalarFields);
  readonly #streaming: StreamingServer;
  #released = Promise.withResolvers<void>();
  readonly #onCut = new Set<() => void>();
  #closed = false;

  constructor({
    runtimeVersion = "2.1.9+unknown",
    checkpoint = "ok",
    archiveLayout = "containerd",
    socketPath = "/run/containerd/containerd.sock",
    imageDirectory = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs",
  }: RuntimeDoubleOptions = {}) {
    this.checkpoint = checkpoint;
    this.state = {
      sandboxes: new Map(),
      containers: new Map(),
      images: createImageStore(imageDirectory),
      changes: createContainerChanges(),
    };
    this.#streaming = createStreamingServer(this.state);
    this.#options = { runtimeVersion, archiveLayout, socketPath };
  }

  /** What was asked so far, oldest first; beyond 2000 calls the oldest are forgotten. */
  get calls(): readonly RecordedCall[] {
    return this.#log.calls;
  }

  /** How often each method was asked since the start or the last `clearCalls`. */
  get counts(): ReadonlyMap<string, number> {
    return this.#log.counts;
  }

  clearCalls(): void {
    this.#log.clear();
  }

  /** The next call of this method that arrives from now on. Rejects when aborted or when the double is closed. */
  nextCall(method: string, signal?: AbortSignal): Promise<RecordedCall> {
    return this.#log.next(method, signal);
  }

  /** Lets the checkpoints that now wait under the outcome `slow` proceed; later ones wait again. */
  releaseCheckpoints(): void {
    this.#released.resolve();
    this.#released = Promise.withResolvers<void>();
  }

  /** Calls `listener` when the outcome `dying` or `loseState` cuts all connections; returns how to leave. */
  onCut(listener: () => void): () => void {
    this.#onCut.add(listener);
    return () => this.#onCut.delete(listener);
  }

  /** Forgets all sandboxes and containers and cuts all connections: a runtime that restarts without its state. Images stay. */
  loseState(): void {
    this.#endContainers();
    this.state.containers.clear();
    this.state.sandboxes.clear();
    this.#cutConnections();
  }

  /** The CRI services, for any connectrpc router: in-process or on a socket. */
  readonly routes = (router: ConnectRouter): void => defineRoutes(router, this.#services());

  /** A client that talks to this double in-process. */
  client(): RuntimeClient {
    const services = this.#services();
    const { runtime, image, interceptors } = services;
    const specs = [createServiceImplSpec(RuntimeService, runtime), createServiceImplSpec(ImageService, image)];
    const whole = (): Transport => createRouterTransport((router) => defineRoutes(router, services, oneProtocol));
    return runtimeClient(speakGo(inProcessTransport(specs, interceptors, whole), this.#options.socketPath));
  }

  /** Ends all programs, their timers and logs, and whoever waits in `nextCall`; then all calls fail as under `dead`. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#log.close();
    this.#endContainers();
    this.state.changes.end();
    await this.#streaming.close();
  }

  #services(): Services {
    return servicesOf({
      ...this.#options,
      state: this.state,
      faults: this.faults,
      log: this.#log,
      streaming: this.#streaming,
      checkpoint: () => (this.#closed ? "dead" : this.checkpoint),
      released: () => this.#released.promise,
      cutConnections: () => this.#cutConnections(),
    });
  }

  #endContainers(): void {
    for (const container of this.state.containers.values()) endContainer(container, KILLED);
  }

  #cutConnections(): void {
    for (const listener of this.#onCut) listener();
  }
}
