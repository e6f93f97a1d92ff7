/** The variables of this process for a program that it starts, without its own, which may hold a token. */
export function foreignEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("KUBELET_CONFORMANCE_")));
}
