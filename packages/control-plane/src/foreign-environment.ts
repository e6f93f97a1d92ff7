/** The environment for programs of others: variables of the runner, `KUBELET_CONFORMANCE_TOKEN` for one, are none of their business. */
export function foreignEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("KUBELET_CONFORMANCE_")));
}
