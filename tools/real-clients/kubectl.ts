import { spawn } from "node:child_process";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

export interface Call {
  input?: string;
  terminal?: boolean;
  until?: RegExp;
  /** Called when `until` has matched, before the command is stopped. */
  onMatch?: (stdout: string) => Promise<void>;
}

export interface Outcome {
  /** null: stopped by us. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export type Kubectl = (args: readonly string[], call?: Call) => Promise<Outcome>;

const limitMs = 30_000;

/** kubectl with this kubeconfig; `call.terminal` needs `script` of util-linux. Rejects when the program can't be started. */
export function kubectlWith(program: string, kubeconfig: string): Kubectl {
  return async (args, { input = "", terminal = false, until, onMatch } = {}) => {
    const command = [program, "--kubeconfig", kubeconfig, ...args];
    // `script` gives its child a terminal, and takes one command line.
    const line = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
    const [file = "", ...rest] = terminal ? ["script", "-qefc", line, "/dev/null"] : command;
    const child = spawn(file, rest, { stdio: "pipe", timeout: limitMs });
    const closed = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    let stdout = "";
    const seen = new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        stdout += chunk.toString();
        if (until?.test(stdout)) resolve();
      });
    });
    const stderr = text(child.stderr);
    child.stdin.on("error", () => {}); // It may end without reading.
    child.stdin.end(input);
    if (until) {
      await Promise.race([seen, closed]);
      if (until.test(stdout)) await onMatch?.(stdout).finally(() => child.kill());
      child.kill();
    }
    const exitCode = await closed;
    return { exitCode, stdout, stderr: await stderr };
  };
}

/** Sends one HTTP request to a forwarded port on loopback; resolves with what comes back until the other side closes. */
export async function ask(port: number): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return text(socket);
}
