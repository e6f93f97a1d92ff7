import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** One configuration for every package: workspace imports resolve to sources, so tests never run a stale build. */
export default defineConfig({
  resolve: { conditions: ["@kubelet-conformance/source"] },
  ssr: { resolve: { conditions: ["@kubelet-conformance/source", "node", "import", "module", "default"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    reporters: ["default", ["json", { outputFile: "test-results.json" }]],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Programs that tests start from their sources: half of such a start is stripping types off what has not changed.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)) },
  },
});
