import type { Minor } from "@kubelet-conformance/spec";
import { answerAdmin } from "./admin/admin.ts";
import { answerListing } from "./admin/listing.ts";
import { createRequestLog, type LoggedRequest } from "./admin/request-log.ts";
import { servingCertificate, type TlsOption, urlOf } from "./certificate.ts";
import { checkOptions } from "./check-options.ts";
import { createEngine, type Engine, type EngineOptions } from "./engine.ts";
import { createFront } from "./front.ts";
import { minorFor } from "./minor-for.ts";
import { type OpenServer, openServer } from "./server.ts";

export interface MockOptions extends EngineOptions {
  /** `"1.36"` or `"v1.36.4"`. Default: the newest minor that the spec covers. */
  kubernetesVersion?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  host?: string;
  /** PEM texts; `false` for plain HTTP. Default: a certificate of an authority made for this run. */
  tls?: TlsOption;
  /** Whether pages of other origins may read the answers. Default true. */
  cors?: boolean;
}

export interface MockKubelet extends AsyncDisposable {
  /** `https://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly kubernetesVersion: Minor;
  /** What trusts the mock's certificate, PEM; undefined with a certificate of the caller's and over plain HTTP. */
  readonly ca: string | undefined;
  /** The scenario that is on; undefined: none. */
  readonly scenario: string | undefined;
  /** Switches to a scenario, from its beginning; undefined: to none. Throws UnknownScenarioError. */
  useScenario(name: string | undefined): void;
  /** The last 200 requests, the newest first. */
  requests(): LoggedRequest[];
  /** Forgets the requests, and begins the scenario anew. */
  reset(): void;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** Starts a mock kubelet in this process; it listens when the promise is fulfilled. Throws MockError and FileError. */
export async function createMockKubelet(options: MockOptions = {}): Promise<MockKubelet> {
  checkOptions(options);
  const { kubernetesVersion, port = 0, host = "127.0.0.1", cors = true, strict = false } = options;
  const minor = minorFor(kubernetesVersion);
  // Before the engine, which may watch files: what fails from there on must close it.
  const { credentials, ca } = await servingCertificate(options.tls, host);
  const engine = await createEngine(minor, options);
  const log = createRequestLog();
  const { scenarios } = engine;
  const scheme = credentials ? "https" : "http";
  const admin = { kubernetesVersion: minor, strict, scenarios, log, problem: () => engine.problem, scheme, host };

  let server: OpenServer | undefined;
  let url = "";
  const front = createFront({
    respond: () => engine.respond,
    cors,
    answerOwn: async (request, response) => {
      if (request.url?.startsWith("/_mock")) return answerAdmin(request, response, admin);
      answerListing(request, response, { url, kubernetesVersion: minor, operations: engine.specification.operations });
    },
    record: (request, reply) => log.add(request, reply),
    reset: (request) => server?.reset(request),
  });
  try {
    server = await openServer({ port, host, credentials, front });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const opened = server;
  setImmediate(prepare, engine);
  url = urlOf(scheme, host, opened.port);
  const close = async (): Promise<void> => {
    await opened.close();
    await engine.close();
  };
  return {
    url,
    port: opened.port,
    kubernetesVersion: minor,
    ca,
    get scenario() {
      return scenarios.current;
    },
    useScenario: (name) => scenarios.use(name),
    requests: () => log.list(),
    reset() {
      log.clear();
      scenarios.restart();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** While nobody waits. What goes wrong is told to who asks. */
function prepare(engine: Engine): void {
  try {
    void engine.respond;
  } catch {
    // The next to ask is told.
  }
}
