import { createInstance, getHttpOperationsFromSpec, type IHttpConfig, type IHttpRequest } from "@stoplight/prism-http";
import { specAt } from "@kubelet-conformance/spec";

/** What to take from the spec. */
export interface Selection {
  method: string;
  path: string;
  code: number;
  /** Which of the answer's media types; undefined: it has none. */
  mediaType: string | undefined;
  example: string | undefined;
  dynamic: boolean;
  seed: string | undefined;
}

export interface MockedAnswer {
  status: number;
  headers: Record<string, string>;
  /** A string, or the value of a JSON body; undefined when there is none. */
  body: unknown;
}

/** Prism's mock engine over one minor's document, in this process; the front owns the wire. */
export async function createPrism(minor: string): Promise<(selection: Selection) => Promise<MockedAnswer>> {
  // Prism resolves references in place.
  const operations = await getHttpOperationsFromSpec(structuredClone(specAt(minor)));
  const base = {
    isProxy: false,
    checkSecurity: false,
    validateRequest: false,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
  } as const;
  const prism = createInstance({ ...base, mock: { dynamic: false } }, { logger: silent() });

  return async ({ method, path, code, mediaType, example, dynamic, seed }) => {
    // The router has found the operation, so the method is one of OpenAPI's.
    const input = { method: method.toLowerCase(), url: { path }, headers: {} } as IHttpRequest;
    const types = mediaType === undefined ? {} : { mediaTypes: [mediaType] };
    const mock = {
      dynamic,
      code,
      ...types,
      ...(example === undefined ? {} : { exampleKey: example }),
      ...(seed === undefined ? {} : { seed }),
    };
    const config: IHttpConfig = { ...base, mock };
    const result = await prism.request(input, operations, config)();
    if (result._tag === "Left") throw result.left;
    const { statusCode, headers = {}, body } = result.right.output;
    return { status: statusCode, headers, body };
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
