import { expect, expectTypeOf, test } from "vitest";
import { type ExampleNames, kubeletHandlers, kubeletOverrides, type Wish } from "./index.ts";

const baseUrl = "https://node-1.example:10250";
const kubelet = kubeletOverrides({ baseUrl });

/** The compiler is what is asked: a mistake that it does not see makes its line an unused `@ts-expect-error`. */
test("operations and examples are known to TypeScript, each by its own names", () => {
  expectTypeOf<Wish<"checkpointContainer">["example"]>().toEqualTypeOf<ExampleNames["checkpointContainer"] | undefined>();
  expectTypeOf<"unknown-pod">().toExtend<ExampleNames["checkpointContainer"]>();
  expectTypeOf<"unknown-pod">().not.toExtend<ExampleNames["getPods"]>();

  // @ts-expect-error an example of another operation
  expect(() => kubelet.getPods({ example: "unknown-pod" })).toThrow("getPods has no example");
  // @ts-expect-error
  expect(() => kubelet.getPods({ exmaple: "no-pods" })).toThrow("getPods cannot be given");
  // @ts-expect-error
  expect(() => kubelet.getPods({ code: "404" })).toThrow("getPods cannot be given");
  // @ts-expect-error
  expect(() => kubelet.getPodz()).toThrow("is not a function");
  // @ts-expect-error an example of another operation
  expect(() => kubeletHandlers({ baseUrl, prefer: { getPods: { example: "unknown-pod" } } })).toThrow("getPods has no example");
  // @ts-expect-error
  expect(() => kubeletHandlers({ baseUrl, prefer: { getPodz: {} } })).toThrow("no operation getPodz");
  // @ts-expect-error
  expect(() => kubeletHandlers({})).toThrow("is neither an address nor a path");
});
