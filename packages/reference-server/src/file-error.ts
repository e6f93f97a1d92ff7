/** A file given to the kubelet that it cannot use: names the file, the line when known, and what is wrong. */
export class FileError extends Error {
  readonly code = "KUBELET_FILE";
  readonly path: string;
  readonly line: number | undefined;

  constructor(path: string, line: number | undefined, reason: string, options?: ErrorOptions) {
    const cause = options?.cause instanceof Error && "code" in options.cause ? ` (${String(options.cause.code)})` : "";
    super(`${path}${line === undefined ? "" : `:${line}`}: ${reason}${cause}`, options);
    this.path = path;
    this.line = line;
  }
}
