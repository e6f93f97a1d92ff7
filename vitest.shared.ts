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
  },
});
