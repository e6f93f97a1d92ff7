import { behaviour } from "@kubelet-conformance/types";
import type { Closers } from "./closers.ts";
import { opensslCiphers } from "./configuration/cipher-suites.ts";
import type { Deviation } from "./deviations/deviation.ts";
import { openListener, type ListenerOptions, type TlsSettings } from "./http/listener.ts";
import type { Handler, KubeletAnswer, Listener } from "./http/message.ts";
import type { ListenerPorts, RunningKubelet } from "./options.ts";
import { createPipeline, type AuthFilter } from "./pipeline.ts";
import type { KubeletState } from "./state.ts";

export interface KubeletListenersOptions {
  state: KubeletState;
  auth: AuthFilter;
  tls: Pick<TlsSettings, "cert" | "key" | "clientCa">;
  ports: ListenerPorts;
  /** Ports that nothing sets are any free ones instead of the defaults. */
  anyPort: boolean;
  deviation: Deviation | undefined;
  closers: Closers;
}

const tlsVersions: Readonly<Record<string, NonNullable<TlsSettings["minVersion"]>>> = {
  VersionTLS10: "TLSv1",
  VersionTLS11: "TLSv1.1",
  VersionTLS12: "TLSv1.2",
  VersionTLS13: "TLSv1.3",
};

/** Opens the listeners that configuration and overrides ask for. */
export async function openKubeletListeners(options: KubeletListenersOptions): Promise<RunningKubelet["urls"]> {
  const { state, auth, tls, ports, anyPort, deviation, closers } = options;
  const { refusal, notTls, http2 } = deviation?.connection ?? {};
  const { configuration, gates, minor } = state;
  const open = async (name: Listener, rest: Pick<ListenerOptions, "address" | "port" | "portSetting" | "tls">): Promise<string> => {
    const listener = await openListener({
      name,
      handler: handlerOf(name, options, name === "main" ? auth : undefined),
      onError: (error) =>
        state.logger.error(`${name} listener: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      ...(refusal === undefined ? {} : { refusal }),
      ...(notTls === undefined ? {} : { notTls }),
      ...rest,
    });
    closers.add(() => listener.close());
    return listener.url;
  };
  const ciphers = opensslCiphers(configuration.tlsCipherSuites);
  const minVersion = tlsVersions[configuration.tlsMinVersion ?? ""];
  const main = await open("main", {
    address: configuration.address,
    port: ports.main ?? (anyPort ? 0 : configuration.port),
    portSetting: "--port",
    tls: {
      ...tls,
      http2: http2 ?? (behaviour("http2", minor) || tls.clientCa === undefined || !gates.enabled("ReloadKubeletClientCAFile")),
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(ciphers === undefined ? {} : { ciphers }),
    },
  });
  const urls: RunningKubelet["urls"] = { main };
  if (ports.readOnly !== undefined || configuration.readOnlyPort > 0) {
    const port = ports.readOnly ?? configuration.readOnlyPort;
    urls.readOnly = await open("read-only", { address: configuration.address, port, portSetting: "readOnlyPort" });
  }
  if (configuration.healthzPort > 0) {
    const port = ports.healthz ?? (anyPort ? 0 : configuration.healthzPort);
    urls.healthz = await open("healthz", { address: configuration.healthzBindAddress, port, portSetting: "healthzPort" });
  }
  return urls;
}

function handlerOf(name: Listener, { state, deviation }: KubeletListenersOptions, auth: AuthFilter | undefined): Handler {
  const pipeline = createPipeline(name, state, auth);
  const change = deviation?.http?.bind(deviation);
  return change === undefined ? pipeline : (request): Promise<KubeletAnswer> => change(request, pipeline);
}
