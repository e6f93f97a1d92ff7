/**
 * The exact version of every tool that the lanes download; the workspace's own TypeScript and openapi-typescript are pinned in its lock file. What generated
 * clients depend on themselves is in ranges that their generators write.
 */
export const pins = {
  spectral: "6.16.3",
  heyApi: "0.99.0",
  typescriptOfHeyApi: "5.9.3",
  oapiCodegen: "v2.8.2",
  oapiCodegenRuntime: "v1.9.0",
  openapiPythonClient: "0.29.1",
  mypy: "2.4.1",
  openapiGenerator: "7.25.0",
  mavenDependencyPlugin: "3.8.1",
  reqwest: "0.13.5",
  tokio: "1.54.1",
} as const;
