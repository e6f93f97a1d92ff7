/** The mock could not start; the message says why and what to do. */
export class MockError extends Error {
  readonly code: "bad-option" | "unknown-version" | "cannot-listen" | "bad-certificate";
  constructor(code: MockError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
