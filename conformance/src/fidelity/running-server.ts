import { readFile } from "node:fs/promises";
import type { WireClient } from "../target/wire.ts";
import { strangers } from "./clients.ts";
import { FidelityInputError } from "./errors.ts";
import { replay, type Endpoint } from "./replay.ts";
import { recordedNode } from "./stages.ts";
import type { Subject } from "./subject.ts";

/** A kubelet that someone else runs. Files are PEM. */
export interface RunningServerOptions {
  /** E.g. `https://127.0.0.1:10250`. */
  server: string;
  /** The administrator. Without it only requests of strangers are compared. */
  clientCertificate?: string | undefined;
  clientKey?: string | undefined;
  /** Undefined: any serving certificate is accepted, which the caller must have asked for. */
  certificateAuthority?: string | undefined;
  readOnlyPort: number;
  healthzPort: number;
  /** Its root directory, which checkpoint answers name. */
  rootDirectory: string;
}

/** Makes a running kubelet the subject; fails with a FidelityInputError when a file is unreadable or nothing answers there. */
export async function attachToServer(options: RunningServerOptions): Promise<Subject> {
  const url = URL.parse(options.server);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new FidelityInputError("usage", `--server ${options.server} is no URL; write it like https://127.0.0.1:10250`);
  const ca = options.certificateAuthority === undefined ? undefined : await pem(options.certificateAuthority);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const main: Endpoint = {
    host,
    port: Number(url.port || 10250),
    tls: url.protocol === "https:" ? { ca } : undefined,
  };
  await reach(main, options.server);
  const others = await strangers();
  return {
    endpoints: {
      main,
      "read-only": { host, port: options.readOnlyPort, tls: undefined },
      healthz: { host, port: options.healthzPort, tls: undefined },
    },
    clients: new Map([...others, ...(await administrator(options))]),
    places: [[options.rootDirectory, recordedNode.rootDirectory]],
    stop: async () => {},
  };
}

async function administrator({ clientCertificate, clientKey }: RunningServerOptions): Promise<readonly [string, WireClient][]> {
  if (clientCertificate === undefined || clientKey === undefined) return [];
  return [
    [
      "admin",
      {
        name: "admin",
        certificate: { cert: await pem(clientCertificate), key: await pem(clientKey) },
      },
    ],
  ];
}

async function reach(endpoint: Endpoint, server: string): Promise<void> {
  const answer = await replay(endpoint, {
    method: "GET",
    target: "/healthz",
    headers: [],
    client: { name: "none" },
  });
  if ("error" in answer)
    throw new FidelityInputError("server", `${server} does not answer (${answer.error}); check the address and --certificate-authority`);
}

async function pem(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: Error) => {
    throw new FidelityInputError("usage", `cannot read ${file}: ${cause.message}`, { cause });
  });
}
