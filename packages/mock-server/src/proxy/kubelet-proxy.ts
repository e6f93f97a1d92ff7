import type { Minor } from "@kubelet-conformance/spec";
import { servingCertificate, type TlsOption, urlOf } from "../certificate.ts";
import { allowOrigin, answerPreflight, isPreflight } from "../cors.ts";
import type { Front } from "../front.ts";
import { openHar } from "../har/writer.ts";
import { minorFor } from "../minor-for.ts";
import { programVersion } from "../program-version.ts";
import { openServer } from "../server.ts";
import { createSpecification } from "../specification.ts";
import { detectMinor } from "./detect-version.ts";
import { refusal } from "./guard.ts";
import { openSession, type ProxySummary, type Session } from "./session.ts";
import { createUpstream, type UpstreamOptions } from "./upstream.ts";

export interface KubeletProxyOptions {
  /** The kubelet, and who to be there. */
  upstream: UpstreamOptions;
  /** File for a recording, HAR 1.2, for its owner's eyes only. Default: nothing is recorded. */
  har?: string;
  /** `"1.36"` or `"v1.36.4"`. Default: what the kubelet's metrics say, else the newest minor that the spec covers. */
  kubernetesVersion?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`. Whoever reaches it asks with the proxy's credentials. */
  host?: string;
  tls?: TlsOption;
  /** Origins whose pages may use it, e.g. `http://localhost:5173`. Default: none. */
  allowedOrigins?: readonly string[];
  /** Takes a line for each violation, and for what else there is to tell. */
  say: (line: string) => void;
}

export interface KubeletProxy {
  /** `https://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly kubernetesVersion: Minor;
  readonly ca: string | undefined;
  /** Closes the port and every connection, and completes the recording. */
  close(): Promise<ProxySummary>;
}

/** Starts a proxy that holds what goes through it against the spec. Throws ProxyError, HarError and MockError. */
export async function createKubeletProxy(options: KubeletProxyOptions): Promise<KubeletProxy> {
  const { har, kubernetesVersion, port = 0, host = "127.0.0.1", allowedOrigins = [], say } = options;
  const upstream = createUpstream(options.upstream);
  const detected = kubernetesVersion === undefined ? await detectMinor(upstream) : undefined;
  const minor = detected ?? minorFor(kubernetesVersion);
  if (kubernetesVersion === undefined && !detected)
    say(`${upstream.origin} does not tell its version, taken for ${minor}; if that is wrong, give --kubernetes-version`);
  const { credentials, ca } = await servingCertificate(options.tls, host);
  const scheme = credentials ? "https" : "http";

  const recording = har === undefined ? undefined : openHar(har, creator(minor));
  const session = openSession({
    upstream,
    specification: createSpecification(minor),
    refuse: (request) => refusal(request, { scheme, host, allowedOrigins }),
    recording,
    say,
  });
  try {
    const server = await openServer({ port, host, credentials, front: forPages(session, allowedOrigins) });
    const close = async (): Promise<ProxySummary> => {
      await server.close();
      return session.end();
    };
    return { url: urlOf(scheme, host, server.port), port: server.port, kubernetesVersion: minor, ca, close };
  } catch (error) {
    recording?.discard();
    throw error;
  }
}

/** Pages of allowed origins may read the answers. */
function forPages(proxy: Pick<Session, "request" | "upgrade">, allowedOrigins: readonly string[]): Front {
  return {
    request: (request, response) => {
      if (allowedOrigins.includes(request.headers.origin ?? "")) {
        if (isPreflight(request)) return answerPreflight(request, response);
        allowOrigin(request, response);
      }
      proxy.request(request, response);
    },
    upgrade: proxy.upgrade,
  };
}

function creator(minor: Minor): { name: string; version: string; comment: string } {
  return {
    name: "mock-kubelet",
    version: programVersion(),
    comment: `kubelet of Kubernetes ${minor}; secrets are masked, and of each body the first 4 MiB are kept`,
  };
}
