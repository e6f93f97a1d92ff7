import { create, type DescMessage, fromBinary, type MessageInitShape, type MessageShape, toBinary } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createContextValues,
  createHandlerContext,
  type HandlerContext,
  type Interceptor,
  type ServiceImplSpec,
  type Transport,
  type UnaryRequest,
  type UnaryResponse,
} from "@connectrpc/connect";

/**
 * Calls implementations in this process. A call as most are, without deadline, cancellation and headers, needs nothing of HTTP; all others take the way
 * of `whole`, which is made for the first of them.
 */
export function inProcessTransport(
  services: readonly ServiceImplSpec[],
  interceptors: readonly Interceptor[],
  whole: () => Transport,
): Transport {
  let made: Transport | undefined;
  const other = (): Transport => (made ??= whole());
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const spec = services.find(({ service }) => service.typeName === method.parent.typeName)?.methods[method.localName];
      const isPlain = signal === undefined && timeoutMs === undefined && header === undefined && contextValues === undefined;
      if (!isPlain || spec?.kind !== "unary") return other().unary(method, signal, timeoutMs, header, input, contextValues);
      const context = contextOf(spec.method);
      const call = interceptors.reduceRight<ReturnType<Interceptor>>(
        (next, intercept) => intercept(next),
        async (request) => {
          // A call without a stream stays one on its way through interceptors.
          const answer = await spec.impl((request as UnaryRequest).message, context);
          return { ...responseTo(spec.method), message: copyOf(spec.method.output, answer) };
        },
      );
      try {
        const response = await call({ ...requestOf(spec.method, context), message: copyOf(method.input, input) });
        // It is the answer to this method.
        return response as UnaryResponse<typeof method.input, typeof method.output>;
      } catch (error) {
        // What caused it stays on the other side.
        const { rawMessage, code } = ConnectError.from(error, Code.Internal);
        throw new ConnectError(rawMessage, code);
      }
    },
    stream: (...call) => other().stream(...call),
  };
}

type UnaryMethod = UnaryRequest["method"];

/** The other side must not see what becomes of a message here. */
function copyOf<Desc extends DescMessage>(schema: Desc, message: MessageInitShape<Desc>): MessageShape<Desc> {
  return fromBinary(schema, toBinary(schema, create(schema, message)));
}

const contexts = new WeakMap<UnaryMethod, HandlerContext>();

/** Of calls that nobody cancels, which hence can have it in common. */
function contextOf(method: UnaryMethod): HandlerContext {
  const known =
    contexts.get(method) ??
    createHandlerContext({
      service: method.parent,
      method,
      protocolName: "grpc",
      requestMethod: "POST",
      url: `/${method.parent.typeName}/${method.name}`,
    });
  contexts.set(method, known);
  return known;
}

function requestOf(method: UnaryMethod, { signal, requestHeader, requestMethod, url }: HandlerContext): Omit<UnaryRequest, "message"> {
  return {
    stream: false,
    service: method.parent,
    method,
    requestMethod,
    url,
    signal,
    header: requestHeader,
    contextValues: createContextValues(),
  };
}

function responseTo(method: UnaryMethod): Omit<UnaryResponse, "message"> {
  return { stream: false, service: method.parent, method, header: new Headers(), trailer: new Headers() };
}
