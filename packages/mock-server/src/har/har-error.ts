/** A recording that cannot be written or read; the message says why. */
export class HarError extends Error {
  readonly code = "bad-recording";
}
