/** Handlers for Mock Service Worker (msw), in browsers and in node, that answer with the spec's examples. */
export { KubeletHandlerError, type Wish } from "./choose.ts";
export { kubeletHandlers, type KubeletHandlersOptions, type KubeletOptions, type KubeletOverrides, kubeletOverrides } from "./handlers.ts";
export type { ExampleNames } from "../generated/msw-examples.ts";
