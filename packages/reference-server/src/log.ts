/** Where the kubelet says what it does. One line per call, without secrets. */
export interface Logger {
  info(message: string): void;
  error(message: string): void;
}

export const silentLogger: Logger = { info() {}, error() {} };

/** Lines on a stream, with the time in front. */
export function streamLogger(stream: { write(text: string): unknown }): Logger {
  const write = (level: "I" | "E", message: string) => {
    stream.write(`${level} ${new Date().toISOString()} ${message.replaceAll("\n", " ")}\n`);
  };
  return { info: (message) => write("I", message), error: (message) => write("E", message) };
}
