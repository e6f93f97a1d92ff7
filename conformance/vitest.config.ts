import { mergeConfig } from "vitest/config";
import shared from "../vitest.shared.ts";

/** The longest tests of all, which mostly wait for programs that they started: no processor is to be left without work. */
export default mergeConfig(shared, { test: { maxWorkers: "100%" } });
