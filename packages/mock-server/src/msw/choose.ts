import type { OperationId } from "@kubelet-conformance/types";
import { type ExampleNames, table } from "../generated/msw-examples.ts";
import type { TableExample, TableOperation } from "./example-table.ts";

/** What to answer; without a word, what a kubelet does where all is well. */
export interface Wish<Id extends OperationId = OperationId> {
  code?: number;
  /** Name in the spec. */
  example?: ExampleNames[Id];
  /** Milliseconds to wait first. */
  delay?: number;
}

/** Something that there is not, or that is no wish or address; the message names what there is. */
export class KubeletHandlerError extends Error {
  readonly code: "unknown-version" | "unknown-operation" | "unknown-example" | "bad-wish" | "bad-base-url";
  constructor(code: KubeletHandlerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Of all minors. */
export const operationIds: readonly OperationId[] = table.operations.map(({ operationId }) => operationId);

export function noSuchOperation(operationId: string): KubeletHandlerError {
  return new KubeletHandlerError("unknown-operation", `this minor's kubelets have no operation ${operationId}`);
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
export function choose({ operationId, examples }: TableOperation, wish: Wish): TableExample {
  if (!isWish(wish))
    throw new KubeletHandlerError(
      "bad-wish",
      `${operationId} cannot be given ${JSON.stringify(wish)}; write ${sampleWish}, any or none of them`,
    );
  const { code, example } = wish;
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

const sampleWish = '{ code: 404, example: "NAME", delay: MILLISECONDS }';

/** The longest that timers can wait. */
const longestDelay = 2 ** 31 - 1;

/** Plain JavaScript gets more past the types, and a mistyped wish would be none. */
function isWish(wish: unknown): boolean {
  if (typeof wish !== "object" || wish === null) return false;
  return Object.entries(wish).every(([name, value]) => {
    if (value === undefined) return true;
    if (name === "example") return typeof value === "string";
    if (name === "code") return typeof value === "number";
    return name === "delay" && typeof value === "number" && value >= 0 && value <= longestDelay;
  });
}
