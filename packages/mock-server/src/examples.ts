import {
  type Example,
  type Header,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type Reference,
  type RequestBody,
  resolve,
  type Response,
  summarize,
} from "@kubelet-conformance/spec";
import type { OperationId } from "@kubelet-conformance/types";

/** One answer that the mock can give. */
export interface ExampleEntry {
  code: number;
  /** Name in the spec; undefined for an answer without a body. */
  name: string | undefined;
  summary: string;
  mediaType: string | undefined;
  /** Response headers that go with it, with the spec's values. */
  headers: readonly (readonly [name: string, value: string])[];
  /** A string, or the value of a JSON body; undefined when there is none. */
  value: unknown;
}

/** An operation of the minor, with everything that can be asked of it. */
export interface MockedOperation {
  operationId: OperationId;
  method: string;
  path: string;
  summary: string;
  parameters: readonly Parameter[];
  requestBody: RequestBody | undefined;
  /** Whether it can switch protocols. */
  upgrades: boolean;
  examples: readonly ExampleEntry[];
}

/** Every operation of a minor's document and its examples, in the order of the spec. `whole` is the document of all minors, which alone says which headers go with which example. */
export function mockedOperations(document: OpenApiDocument, whole: OpenApiDocument): MockedOperation[] {
  return summarize(document).flatMap(({ operationId, method, path }) => {
    const operation = operationOf(document, method, path);
    if (!operation) return [];
    const item = document.paths[path];
    // A switch of protocols is no answer that can be mocked.
    const answers = Object.entries(operation.responses).filter(([code]) => code !== "101");
    const rules = operationOf(whole, method, path);
    return {
      // Both come from the same document.
      operationId: operationId as OperationId,
      method,
      path,
      summary: operation.summary,
      parameters: [...(item?.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve<Parameter>(document, one)),
      requestBody: operation.requestBody,
      upgrades: "101" in operation.responses,
      examples: answers.flatMap(([code, response]) =>
        examplesOf(Number(code), resolve<Response>(document, response), document, headerRules(whole, rules, code)),
      ),
    };
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
  const headers = Object.entries(response.headers ?? {}).flatMap(([name, node]: [string, Header | Reference]) => {
    const { example } = resolve<Header>(document, node);
    return typeof example === "string" ? [[name, example] as const] : [];
  });
  const contents = Object.entries(response.content ?? {});
  const common = { code, summary: response.description, headers };
  if (contents.length === 0) return [{ ...common, name: undefined, mediaType: undefined, value: undefined }];
  return contents.flatMap(([mediaType, media]) =>
    Object.entries(media.examples ?? {}).map(([name, node]) => {
      const { summary = response.description, value } = resolve<Example>(document, node);
      const rule = rules.get(name);
      return { code, name, summary, mediaType, headers: rule ? headers.filter(([header]) => rule.includes(header)) : headers, value };
    }),
  );
}

/** By example, `x-kubernetes-headers`: which of the response's headers go with it, where not all do. The plain document has lost it. */
function headerRules(whole: OpenApiDocument, operation: Operation | undefined, code: string): Map<string, string[]> {
  const response = operation?.responses[code];
  if (!response) return new Map();
  const contents = Object.values(resolve<Response>(whole, response).content ?? {});
  return new Map(
    contents.flatMap((media) =>
      Object.entries(media.examples ?? {}).flatMap(([name, example]): [string, string[]][] => {
        const rule = resolve<Example>(whole, example)["x-kubernetes-headers"];
        return rule ? [[name, rule]] : [];
      }),
    ),
  );
}
