/** What the caller can put right: a folder, a file or an option. `code` is stable. */
export class FidelityInputError extends Error {
  override name = "FidelityInputError";
  readonly code: "usage" | "recordings" | "server" | "interrupted";
  constructor(code: FidelityInputError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
