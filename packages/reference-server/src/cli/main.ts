import { once } from "node:events";
import { ConfigurationError } from "../configuration/configuration.ts";
import { startKubelet } from "../kubelet.ts";
import { streamLogger } from "../log.ts";
import { NodeFlagError } from "../node/flag-error.ts";
import type { RunningKubelet } from "../options.ts";
import { resolveVersion, VersionError } from "../version.ts";
import { helpText, parseFlags, UsageError } from "./flags.ts";
import { introduce } from "./introduce.ts";
import { text } from "./flag-values.ts";
import { kubeletOptions, nodesOf, type Prepared } from "./kubelet-options.ts";
import { serveFleet } from "./serve-fleet.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** Runs the command until a signal ends it. Resolves with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let prepared: Prepared | undefined;
  try {
    const values = parseFlags(args);
    if (values.help) {
      process.stdout.write(helpText());
      return 0;
    }
    prepared = await kubeletOptions(values);
    if (values.version) {
      process.stdout.write(`${resolveVersion(prepared.options.kubernetesVersion).version}\n`);
      return 0;
    }
    const nodes = nodesOf(values);
    // Whoever signals before the kubelet is up wants it down, too.
    const signal = nextSignal();
    const temporary = await temporaryDirectory();
    try {
      if (nodes !== undefined) {
        const serversFile = text(values["servers-file"]);
        const { options: kubelet } = prepared;
        await serveFleet({ nodes, kubelet, temporaryDirectory: temporary.path, serversFile, arguments: args, until: signal });
        return 0;
      }
      const kubelet = await startKubelet({
        ...prepared.options,
        temporaryDirectory: temporary.path,
        commandLine: ["reference-kubelet", ...args],
        logger: streamLogger(process.stderr),
      });
      return await serveUntil(signal, kubelet, prepared);
    } finally {
      await temporary.remove();
    }
  } catch (error) {
    const shown = located(error, prepared);
    process.stderr.write(`reference-kubelet: ${messageOf(shown)}\n`);
    return error instanceof UsageError || error instanceof VersionError || hasCode(error, "KUBELET_DEVIATION") ? 2 : 1;
  }
}

async function serveUntil(signal: Promise<unknown>, kubelet: RunningKubelet, { options }: Prepared): Promise<number> {
  try {
    await introduce(kubelet, options);
    await signal;
    return 0;
  } finally {
    await kubelet.stop();
  }
}

async function nextSignal(): Promise<void> {
  // A pending promise keeps no process alive; the listeners on sockets do.
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

/** A refused field, with the file and line it stands in. */
function located(error: unknown, prepared: Prepared | undefined): unknown {
  return error instanceof ConfigurationError && prepared?.file !== undefined ? prepared.file.locate(error) : error;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // What it says of labels has two lines in the real one, too.
  return error instanceof NodeFlagError ? message : message.replaceAll("\n", " ");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
