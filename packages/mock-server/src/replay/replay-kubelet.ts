import { servingCertificate, type TlsOption, urlOf } from "../certificate.ts";
import { allowOrigin, answerPreflight, isPreflight } from "../cors.ts";
import { readHar } from "../har/read.ts";
import { openServer } from "../server.ts";
import { upgradeResponse } from "../upgrade-response.ts";
import { createReplay } from "./replay.ts";

export interface ReplayKubeletOptions {
  /** A HAR file, of this mock's proxy or of a browser. */
  file: string;
  /** Default 0: a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  host?: string;
  tls?: TlsOption;
  /** Whether pages of other origins may read the answers. Default true. */
  cors?: boolean;
}

export interface ReplayKubelet {
  /** `https://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly ca: string | undefined;
  /** How many answers the recording has. */
  readonly answers: number;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** Serves a recording. Throws HarError and MockError. */
export async function createReplayKubelet({
  file,
  port = 0,
  host = "127.0.0.1",
  tls,
  cors = true,
}: ReplayKubeletOptions): Promise<ReplayKubelet> {
  const entries = readHar(file);
  const replay = createReplay(entries);
  const { credentials, ca } = await servingCertificate(tls, host);
  const request: typeof replay = (incoming, response) => {
    if (cors) {
      if (isPreflight(incoming)) return answerPreflight(incoming, response);
      allowOrigin(incoming, response);
    }
    replay(incoming, response);
  };
  const front = {
    request,
    upgrade: (...[incoming, socket]: Parameters<typeof upgradeResponse>) => request(incoming, upgradeResponse(incoming, socket)),
  };
  const server = await openServer({ port, host, credentials, front });
  return {
    url: urlOf(credentials ? "https" : "http", host, server.port),
    port: server.port,
    ca,
    answers: entries.length,
    close: () => server.close(),
  };
}
