/** A kubeconfig that cannot be used: names the file, what is wrong and the next step. */
export class KubeconfigError extends Error {
  readonly code = "kubeconfig-unusable";
  readonly path: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    const { cause } = options ?? {};
    const known = cause instanceof Error && "code" in cause && typeof cause.code === "string" && cause.code.startsWith("E");
    super(known ? `${path}: ${reason} (${String(cause.code)})` : `${path}: ${reason}`, options);
    this.name = "KubeconfigError";
    this.path = path;
  }
}
