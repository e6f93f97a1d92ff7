import { createInstance, getHttpOperationsFromSpec, type IHttpConfig, type IHttpRequest } from "@stoplight/prism-http";
import type { OpenApiDocument } from "@kubelet-conformance/spec";
import type { DynamicBodies } from "./dynamic-bodies.ts";

/** Prism's mock engine over one document, in this process; everything but bodies is made elsewhere. */
export async function createPrism(document: OpenApiDocument): Promise<DynamicBodies> {
  // Prism resolves references in place.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const base = {
    isProxy: false,
    checkSecurity: false,
    validateRequest: false,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
  } as const;
  const prism = createInstance({ ...base, mock: { dynamic: false } }, { logger: silent() });

  return async ({ method, path }, { code, mediaType }, seed) => {
    // The spec's methods are OpenAPI's. One segment for each parameter is all that Prism matches.
    const input = { method: method.toLowerCase(), url: { path: path.replaceAll(/\{[^}]+\}/g, "x") }, headers: {} } as IHttpRequest;
    const types = mediaType === undefined ? {} : { mediaTypes: [mediaType] };
    const config: IHttpConfig = { ...base, mock: { dynamic: true, code, ...types, ...(seed === undefined ? {} : { seed }) } };
    const result = await prism.request(input, operations, config)();
    if (result._tag === "Left") throw result.left;
    return result.right.output.body;
  };
}

type Logger = Parameters<typeof createInstance>[1]["logger"];

/** Prism reports each of its thoughts; nobody reads them here. */
function silent(): Logger {
  const nothing = (): void => undefined;
  const logger = {
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    fatal: nothing,
    success: nothing,
    child: () => logger,
  };
  return logger;
}
