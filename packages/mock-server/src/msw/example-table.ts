import type { OperationId } from "@kubelet-conformance/types";

/** Every example of every minor, as the build writes it: no file is read where handlers run, which may be a browser. */
export interface ExampleTable {
  /** The oldest first. */
  minors: readonly string[];
  operations: readonly TableOperation[];
}

export interface TableOperation {
  operationId: OperationId;
  method: string;
  /** Template, e.g. `/checkpoint/{namespace}/{pod}/{container}`. */
  path: string;
  /** In the order of the spec, in each minor. */
  examples: readonly TableExample[];
}

export interface TableExample {
  code: number;
  /** Absent for an answer without a body. */
  name?: string;
  /** The minors that have it, as places in the list of them; both are included. */
  from: number;
  to: number;
  headers: readonly (readonly [name: string, value: string])[];
  /** As it is sent. */
  body: string;
}
