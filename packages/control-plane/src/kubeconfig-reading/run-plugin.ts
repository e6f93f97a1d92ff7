import { spawn } from "node:child_process";
import { foreignEnvironment } from "../foreign-environment.ts";

export interface Plugin {
  command: string;
  args: readonly string[];
  /** In addition to this process's own. */
  environment: Readonly<Record<string, string>>;
  /** It may use the terminal. */
  interactive: boolean;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  /** For whoever has not installed it. */
  installHint: string | undefined;
  refuse: (reason: string) => Error;
}

const outputLimit = 1024 * 1024;

/**
 * Runs a plugin and resolves with what it printed. That is a secret and goes nowhere else; what it writes to its standard error is shown to nobody but a
 * user whom it may ask. Rejects with what `refuse` makes of the reason.
 */
export function runPlugin({ command, args, environment, interactive, timeoutMs, signal, installHint, refuse }: Plugin): Promise<string> {
  return new Promise((resolve, reject) => {
    const name = `the program "${command}", which logs the kubeconfig's user in,`;
    const child = spawn(command, args, {
      env: { ...foreignEnvironment(), ...environment },
      stdio: [interactive ? "inherit" : "ignore", "pipe", interactive ? "inherit" : "ignore"],
      // A group of its own, so that whatever it started ends with it; one that asks on the terminal must stay in ours.
      detached: !interactive,
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (error: Error): void => {
      reject(error);
      if (child.pid !== undefined) kill(child.pid, !interactive);
    };
    const alarm = setTimeout(
      () => end(refuse(`${name} did not end within ${timeoutMs / 1000} s; run it by hand to see what it waits for`)),
      timeoutMs,
    );
    const abort = (): void => end(refuse(`${name} was given up`));
    const over = (): void => {
      clearTimeout(alarm);
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort);
    child.on("error", (cause) => {
      over();
      reject(refuse(startProblem(name, cause, installHint)));
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputLimit) end(refuse(`${name} prints more than a credential; run it by hand to see what`));
      else chunks.push(chunk);
    });
    child.on("close", (code, killedBy) => {
      over();
      if (code === 0) resolve(Buffer.concat(chunks).toString());
      else reject(refuse(`${name} failed (${code === null ? String(killedBy) : `exit code ${code}`}); run it by hand to see why`));
    });
  });
}

function kill(pid: number, group: boolean): void {
  try {
    process.kill(group ? -pid : pid, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}

function startProblem(name: string, cause: Error & { code?: string }, installHint: string | undefined): string {
  if (cause.code !== "ENOENT") return `${name} cannot be started (${cause.code ?? cause.message})`;
  const hint = installHint
    ?.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim()
    .slice(0, 400);
  return hint ? `${name} is not there; its installation hint: ${hint}` : `${name} is not there; install it, or correct exec.command`;
}
