import type { Specification } from "../specification.ts";
import type { ExampleEntry, MockedOperation } from "../examples.ts";

/** Makes up the body of an answer from its schema; the same seed makes the same one. */
export type DynamicBodies = (operation: MockedOperation, example: ExampleEntry, seed: string | undefined) => Promise<unknown>;

/** Prism takes longer to load than everything else does together, so it is loaded by the first request that needs it. */
export function createDynamicBodies({ document }: Pick<Specification, "document">): DynamicBodies {
  let make: Promise<DynamicBodies> | undefined;
  return async (operation, example, seed) => {
    make ??= import("./prism.ts").then(({ createPrism }) => createPrism(document));
    return (await make)(operation, example, seed);
  };
}
