import {
  openapi,
  type OpenApiDocument,
  type Operation,
  operations,
  resolve,
  specAt,
  type Example,
  type Response,
} from "@kubelet-conformance/spec";
import type { OperationId } from "@kubelet-conformance/types";

/** One answer that the mock can give. */
export interface ExampleEntry {
  code: number;
  /** Name in the spec; undefined for an answer without a body. */
  name: string | undefined;
  summary: string;
  mediaType: string | undefined;
  /** Response headers that go with it. */
  headers: string[];
}

/** An operation of the minor, with everything that can be asked of it. */
export interface MockedOperation {
  operationId: OperationId;
  method: string;
  path: string;
  summary: string;
  examples: ExampleEntry[];
}

/** Every operation of a minor and its examples, in the order of the spec. */
export function mockedOperations(minor: string): MockedOperation[] {
  const document = specAt(minor);
  return operations().flatMap(({ operationId, method, path }) => {
    const operation = operationOf(document, method, path);
    if (!operation) return [];
    const whole = operationOf(openapi(), method, path);
    // A switch of protocols is no answer that can be mocked.
    const answers = Object.entries(operation.responses).filter(([code]) => code !== "101");
    const examples = answers.flatMap(([code, response]) =>
      examplesOf(Number(code), resolve<Response>(document, response), document, headerRules(whole, code)),
    );
    // Both come from the same document.
    return { operationId: operationId as OperationId, method, path, summary: operation.summary, examples };
  });
}

function operationOf(document: OpenApiDocument, method: string, path: string): Operation | undefined {
  const item = document.paths[path];
  if (method === "POST") return item?.post;
  if (method === "PUT") return item?.put;
  if (method === "DELETE") return item?.delete;
  return item?.get;
}

function examplesOf(code: number, response: Response, document: OpenApiDocument, rules: Map<string, string[]>): ExampleEntry[] {
  const headers = Object.keys(response.headers ?? {});
  const contents = Object.entries(response.content ?? {});
  if (contents.length === 0) return [{ code, name: undefined, summary: response.description, mediaType: undefined, headers }];
  return contents.flatMap(([mediaType, media]) =>
    Object.entries(media.examples ?? {}).map(([name, example]) => ({
      code,
      name,
      summary: resolve<Example>(document, example).summary ?? response.description,
      mediaType,
      headers: rules.get(name) ?? headers,
    })),
  );
}

/** By example, `x-kubernetes-headers`: which of the response's headers go with it, where not all do. The plain document has lost it. */
function headerRules(operation: Operation | undefined, code: string): Map<string, string[]> {
  const response = operation?.responses[code];
  if (!response) return new Map();
  const contents = Object.values(resolve<Response>(openapi(), response).content ?? {});
  return new Map(
    contents.flatMap((media) =>
      Object.entries(media.examples ?? {}).flatMap(([name, example]): [string, string[]][] => {
        const rule = resolve<Example>(openapi(), example)["x-kubernetes-headers"];
        return rule ? [[name, rule]] : [];
      }),
    ),
  );
}
