import { UsageError } from "../errors.ts";
import type { RuntimeServiceProbe } from "./runtime-service.ts";

export interface OpenRuntimeService {
  probe: RuntimeServiceProbe;
  close(): Promise<void>;
}

/** Connects to the runtime that `--runtime-endpoint` names, if it names one. Throws a UsageError when no CRI v1 server answers there. */
export async function openRuntimeService(endpoint: string | undefined): Promise<OpenRuntimeService | undefined> {
  if (endpoint === undefined) return undefined;
  const [{ connectRuntime }, { runtimeServiceProbe }] = await Promise.all([
    import("@kubelet-conformance/cri"),
    import("./runtime-service.ts"),
  ]);
  const client = await connectRuntime(endpoint).catch((error: unknown) => {
    throw new UsageError("runtime-unusable", `--runtime-endpoint: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  return { probe: runtimeServiceProbe(client), close: () => client.close() };
}
