import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { minorOf, minors, type Minor } from "@kubelet-conformance/spec";
import { mockedOperations } from "./examples.ts";
import { createFront } from "./front.ts";
import { createPrism } from "./prism.ts";
import { createRouter } from "./routes.ts";

export interface MockOptions {
  /** `"1.36"` or `"v1.36.4"`. Default: the newest minor that the spec covers. */
  kubernetesVersion?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  host?: string;
  /** PEM texts; `false` for plain HTTP. Default: a certificate of an authority made for this run. */
  tls?: { cert: string; key: string } | false;
  /** Whether pages of other origins may read the answers. Default true. */
  cors?: boolean;
}

export interface RunningMock {
  /** `https://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  port: number;
  kubernetesVersion: Minor;
  /** What trusts the mock's certificate, PEM; undefined with a certificate of the caller's and over plain HTTP. */
  certificateAuthority: string | undefined;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

/** The mock could not start; the message says why and what to do. */
export class MockError extends Error {
  readonly code: "unknown-version" | "cannot-listen" | "bad-certificate";
  constructor(code: MockError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Starts a mock kubelet. Throws MockError. */
export async function startMock({
  kubernetesVersion,
  port = 0,
  host = "127.0.0.1",
  tls,
  cors = true,
}: MockOptions = {}): Promise<RunningMock> {
  const minor = kubernetesVersion === undefined ? minors[minors.length - 1] : minorOf(kubernetesVersion);
  if (!minor) throw new MockError("unknown-version", `Kubernetes "${kubernetesVersion}" is not covered; use one of ${minors.join(", ")}`);
  const operations = mockedOperations(minor);
  const ask = await createPrism(minor);
  let url = "";
  const front = createFront({ minor, operations, route: createRouter(operations, minor), ask, cors, url: () => url });

  const { credentials, certificateAuthority } = await certificate(tls, host);
  const server = credentials ? secureServer(credentials, front) : createServer(front);
  const bound = await listen(server, port, host);
  url = `${credentials ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${bound}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  return { url, port: bound, kubernetesVersion: minor, certificateAuthority, stop };
}

interface Certificate {
  credentials: { cert: string; key: string } | undefined;
  certificateAuthority: string | undefined;
}

async function certificate(tls: MockOptions["tls"], host: string): Promise<Certificate> {
  if (tls === false) return { credentials: undefined, certificateAuthority: undefined };
  if (tls) return { credentials: tls, certificateAuthority: undefined };
  const authority = await createAuthority({ commonName: "mock-kubelet-ca" });
  const names = [...new Set(["localhost", "127.0.0.1", "::1", host])];
  return { credentials: authority.issue({ commonName: "mock-kubelet", names, usage: "server" }), certificateAuthority: authority.cert };
}

function secureServer(credentials: { cert: string; key: string }, front: ReturnType<typeof createFront>): Server {
  try {
    return createTlsServer(credentials, front);
  } catch (cause) {
    throw new MockError("bad-certificate", "the certificate and the private key do not go together or are no PEM; check both files", {
      cause,
    });
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const advice =
        cause.code === "EADDRINUSE"
          ? `port ${port} on ${host} is in use; choose another with --port (0: a free one)`
          : `can't listen on ${host}, port ${port} (${cause.code ?? cause.message}); give an address of this machine with --host and a port you may use with --port`;
      fail(new MockError("cannot-listen", advice, { cause }));
    });
    server.listen(port, host, () => {
      // A TCP server's address is of this kind.
      done((server.address() as AddressInfo).port);
    });
  });
}
