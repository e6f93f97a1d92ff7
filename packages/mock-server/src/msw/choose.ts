import type { OperationId } from "@kubelet-conformance/types";
import { type ExampleNames, table } from "../generated/msw-examples.ts";
import type { TableExample, TableOperation } from "./example-table.ts";

/** What to answer; without a word, what a kubelet does where all is well. */
export interface Wish<Id extends OperationId = OperationId> {
  code?: number;
  /** Name in the spec. */
  example?: ExampleNames[Id];
  /** Milliseconds to wait before. */
  delay?: number;
}

/** A wish or a version that there is not; the message names what there is. */
export class KubeletHandlerError extends Error {
  readonly code: "unknown-version" | "unknown-example";
  constructor(code: KubeletHandlerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** The operations of a minor with its examples. Default: the newest. Throws KubeletHandlerError. */
export function operationsAt(kubernetesVersion = table.minors.at(-1) ?? ""): TableOperation[] {
  const minor = /^v?(\d+\.\d+)(\.|$)/.exec(kubernetesVersion)?.[1];
  const at = table.minors.indexOf(minor ?? "");
  if (at < 0)
    throw new KubeletHandlerError(
      "unknown-version",
      `Kubernetes "${kubernetesVersion}" is not covered; use one of ${table.minors.join(", ")}`,
    );
  return table.operations
    .map((operation) => ({ ...operation, examples: operation.examples.filter(({ from, to }) => from <= at && at <= to) }))
    .filter(({ examples }) => examples.length > 0);
}

/** The example that a wish names. Throws KubeletHandlerError. */
export function choose({ operationId, examples }: TableOperation, { code, example }: Wish): TableExample {
  const usual = examples.find((entry) => entry.code === 200) ?? examples.find(({ name }) => name === "upgrade-required");
  if (code === undefined && example === undefined && usual) return usual;
  const found = examples.find((entry) => (code ?? entry.code) === entry.code && (example ?? entry.name) === entry.name);
  if (found) return found;
  const all = examples.map((entry) => (entry.name === undefined ? String(entry.code) : `${entry.name} (${entry.code})`));
  const wanted = [...(example === undefined ? [] : [`example "${example}"`]), ...(code === undefined ? [] : [`answer ${code}`])].join(
    " of ",
  );
  throw new KubeletHandlerError("unknown-example", `${operationId} has no ${wanted} in this minor; it has ${all.join(", ")}`);
}
